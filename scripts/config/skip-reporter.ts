// Says at the end of a run what was skipped and why: vitest itself prints only how many.
import type { Reporter, TestModule } from 'vitest/node'

export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests('skipped')])
    for (const test of tests) {
      const result = test.result()
      const reason = result.state === 'skipped' ? result.note : undefined
      console.log(`skipped: ${test.fullName}: ${reason ?? 'no reason given'}`)
    }
  }
}
