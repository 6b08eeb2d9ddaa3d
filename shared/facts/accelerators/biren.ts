// Biren GPUs: told, not measured. No output of brsmi has been seen, and no PCI id is published, so its nodes and its
// tool say that the hardware is there, what the tool says is shown as it is, and no reading is made of it.
// accelerators.md section 11.
import { type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { absent, unreadable } from '../../domain/reading.ts'
import { type Answers, answerText, complaint, type Probe, silence, toolProbe } from '../probe.ts'
import { sampleBy } from './tool-answer.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const listProbe = toolProbe('brsmi', command('brsmi', 'gpu', 'list'), 15)
const nodeProbe: Probe = {
  id: 'biren-nodes',
  when: '[ -e /dev/biren-m ] || [ -d /dev/biren ]',
  shell: 'for node in /dev/biren-m /dev/biren/card_[0-9]*; do [ ! -e "$node" ] || echo "$node"; done',
  deadlineSeconds: 5,
}

/** There is nothing to measure: never asked, and not a process spent on it. */
const sampleProbe: Probe = { ...listProbe, when: 'false' }

function read(answers: Answers): VendorFindings {
  const tool = answers.get(listProbe.id)
  const nodes = answerText(answers, nodeProbe.id)
  const reason = silence(tool)
  if (reason !== undefined) return { driverVersion: absent, devices: unreadable(`brsmi: ${reason}`) }
  if (tool === undefined || tool.state === 'missing') {
    const there = nodes.state === 'known' && nodes.value.trim() !== ''
    const where = there ? `${nodes.value.trim().replace(/\s+/g, ' ').slice(0, 200)} is there, but brsmi is not` : ''
    return { driverVersion: absent, devices: there ? unreadable(where) : absent }
  }
  return { driverVersion: absent, devices: unreadable(complaint(tool)) }
}

function container(): ContainerAccess {
  return noAccess
}

export const biren: VendorReader = {
  vendor: 'biren',
  kind: 'gpu',
  bus: { vendorIds: [], isDevice: () => false, products: {} },
  nodeGlobs: ['/dev/biren/card_[0-9]*'],
  brings: { driver: 'birensupa (driver)', tool: 'birensupa (brsmi)' },
  probes: [nodeProbe, listProbe],
  read,
  container,
  sampleProbe,
  readSample: (answer) => sampleBy(answer, 'brsmi', () => ({ devices: [], notes: [] })),
}
