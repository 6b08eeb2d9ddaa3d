// The `sh -c` commands of steps about volumes and folders of weights: what is saved and put back, and the notes of what
// was made.
import { specLabel } from '../../../shared/domain/remote-layout.ts'
import type { ScriptHead } from '../../../shared/domain/script-head.ts'
import { modelFolderPath } from '../../../shared/domain/weights-folder.ts'
import { drillIsOn, type Ended, fullDiskComplaint, type Machine } from '../machine.ts'
import { beginRecorder, endRecorder } from '../recorder-state.ts'
import { findContainer } from './container-changes.ts'
import { noSuchContainer, startCommand } from './container-commands.ts'
import { refused } from './ended.ts'
import { removeVolume } from './volumes.ts'

const quiet: Ended = { exitCode: 0, stdout: '', stderr: '' }

/** Undefined when it is no script about volumes. */
export function runVolumeScript(machine: Machine, head: ScriptHead, operands: readonly string[]): Ended | undefined {
  if (head.block === 'volume-room') return quiet
  if (head.block === 'volume-save') return save(machine, operands)
  if (head.block === 'volume-back') return putBack(machine, operands)
  return head.block === 'host-act' ? hostAct(machine, head.act, operands) : undefined
}

function save(machine: Machine, [folder, deployment, name = '', , ...volumes]: readonly string[]): Ended {
  const found = findContainer(machine.state, name)
  if (found === undefined) return refused(`Error: ${noSuchContainer(name)}`)
  if (drillIsOn(machine, 'fill-disk')) {
    return refused(`tar: ${volumes[0]}.tar.new: ${fullDiskComplaint}\nthe data of ${name} were not saved`)
  }
  const at = new Date(machine.nowMs()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  machine.change(({ files }) => {
    for (const one of volumes) files[`${folder}/${deployment}/${at}-${found.labels[specLabel]}/${one}.tar`] = ''
  })
  return quiet
}

function putBack(machine: Machine, [, , name = '', , start]: readonly string[]): Ended {
  return start === 'start' ? startCommand(machine, name) : quiet
}

/** A file that stands for a folder of weights: the machine holds no bytes, so it cannot read which files are in it. */
function modelFolder(machine: Machine, act: string, path: string): Ended {
  machine.change(({ files }) => {
    if (act === 'model-folder') files[path] = ''
    if (act === 'model-folder-remove') delete files[path]
  })
  return quiet
}

/** Of one service by its folder, or one of them. */
function forgetJobs(machine: Machine, path: string): Ended {
  machine.change(({ files }) => {
    for (const one of Object.keys(files)) {
      if (one === path || (one.startsWith(`${path}/`) && one.endsWith('.job'))) delete files[one]
    }
  })
  return quiet
}

/** Undefined for what changes the system itself: a simulated machine has nothing there to change. */
function hostAct(machine: Machine, act: string, words: readonly string[]): Ended | undefined {
  const [name = '', spec = '', before = ''] = words
  if (act === 'volume-remove') return removeVolume(machine, name)
  if (act.startsWith('model-folder')) return modelFolder(machine, act, modelFolderPath(name))
  if (act.startsWith('recorder-')) {
    if (act === 'recorder-begin') beginRecorder(machine, words)
    else endRecorder(machine)
    return quiet
  }
  if (act === 'forget-jobs' || act === 'forget-job') return forgetJobs(machine, name)
  if (act !== 'note' && act !== 'unnote' && act !== 'forget') return undefined
  machine.change(({ files }) => {
    if (act === 'note') Object.assign(files, { [`${name}.json`]: spec, [`${name}.before.json`]: before })
    else for (const end of ['json', 'before.json']) delete files[`${name}.${end}`]
  })
  return quiet
}
