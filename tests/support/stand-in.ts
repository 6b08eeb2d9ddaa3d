// The lab's stand-in vendor tools, run here on pretended hardware in a temporary folder, without an appliance.
import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import type { AcceleratorKind, StandInTool } from '../../scripts/lab/stand-ins/accelerator-kinds.ts'
import { pretendedHardware } from '../../scripts/lab/stand-ins/hardware.ts'
import { needs } from './needs.ts'

const tools = join(import.meta.dirname, '../../scripts/lab/stand-ins/tools')
/** A process of this name counts as a model runtime in these tests. */
export const runtimeName = `rt${process.pid}`
const hasPython = spawnSync('python3', ['-V']).status === 0

export interface Said {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

interface Asked {
  readonly kind: AcceleratorKind
  readonly tool: StandInTool
  readonly words: readonly string[]
  /** File name -> what it says: as `fault NAME tools` leaves it. */
  readonly faults?: Readonly<Record<string, string>>
}

/** What the tool says on `rackside-lab-1`; `folder` is the test's own. */
export async function standInSays(context: TestContext, folder: string, asked: Asked): Promise<Said> {
  needs(context, hasPython, 'python3 is not installed')
  await mkdir(join(folder, 'hardware'), { recursive: true })
  for (const hardware of pretendedHardware(asked.kind, 'rackside-lab-1'))
    await writeFile(join(folder, 'hardware', `${hardware.tool}.json`), JSON.stringify(hardware))
  for (const [name, fault] of Object.entries(asked.faults ?? {})) await writeFile(join(folder, name), fault)
  const environment = {
    ...process.env,
    RACKSIDE_LAB_HARDWARE: folder,
    RACKSIDE_LAB_STATE: folder,
    RACKSIDE_LAB_RUNTIMES: runtimeName,
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const { stdout, stderr, status } = spawnSync('python3', ['-ISB', join(tools, `${asked.tool}.py`), ...asked.words], {
    env: { ...environment, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    timeout: 5000,
  })
  return { stdout, stderr, status }
}
