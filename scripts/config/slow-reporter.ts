// Says at the end of a run which tests took longest: where the minutes go is looked at before they are missed.
import type { Reporter, TestModule } from 'vitest/node'

const shown = 10

export class SlowReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const timed = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => {
        // Of one that was skipped nothing is known.
        const took = test.diagnostic()?.duration
        return took === undefined
          ? []
          : [{ name: `${module.relativeModuleId}: ${test.fullName}`, seconds: took / 1000 }]
      }),
    )
    if (timed.length <= shown) return
    const slowest = timed.sort((a, b) => b.seconds - a.seconds).slice(0, shown)
    console.log(`The ${shown} slowest of ${timed.length} tests:`)
    for (const { name, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`)
  }
}
