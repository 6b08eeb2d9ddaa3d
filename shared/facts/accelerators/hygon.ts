// Hygon DCUs by hy-smi, or by the rocm-smi that the DTK brings: one question whose answer is JSON, or nearly.
// accelerators.md section 3.
import { type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { absent, known, type Reading } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'
import { readHygonTool } from './hygon-tool.ts'
import { devicesBy, sampleBy } from './tool-answer.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

/**
 * hy-smi where it is, else the DTK's rocm-smi, which knows the same questions: never one of the PATH, which may be
 * AMD's. A tool that does not know one of the questions still draws its table. The vendor id alone says little, because
 * processors of Hygon have it too: without a tool the answer is "not there".
 */
function smiProbe(questions: string): Probe {
  const shell = `PATH=$PATH:/usr/local/hyhal/bin found=
for tool in hy-smi /opt/dtk/bin/rocm-smi /opt/dtk-[0-9]*/bin/rocm-smi; do
  command -v "$tool" >/dev/null 2>&1 && found=$tool && break
done
[ -n "$found" ] || exit 127
watched "$found" ${questions} --json && exit 0
exec "$found"`
  return { id: 'hy-smi', when: 'has hy-smi || pci 1d94', shell, deadlineSeconds: 15, tool: true }
}

const sampled = '--showuse --showmeminfo vram --showtemp --showpower'
const factsProbe = smiProbe(`${sampled} --showproductname --showbus --showserial --showuniqueid`)

const driverFiles = ['/sys/module/hycu/version', '/sys/module/hydcu/version']
const toolkitFolder = '/opt/dtk/.info'
const versionsProbe: Probe = {
  id: 'hygon-versions',
  when: [...driverFiles, toolkitFolder].map((file) => `[ -e ${file} ]`).join(' || '),
  shell: `say() {
  word=$1
  shift
  for file in "$@"; do
    line=
    { read -r line <"$file"; } 2>/dev/null
    [ -z "$line" ] || printf '%s %s\\n' "$word" "$line"
  done
}
say driver ${driverFiles.join(' ')}
say dtk ${['rocm_version', 'version', 'version-dev'].map((name) => `${toolkitFolder}/${name}`).join(' ')}
exit 0`,
  deadlineSeconds: 5,
}

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const text = answerText(answers, versionsProbe.id)
  return {
    driverVersion: lineOf(text, /^driver\s{1,9}(\S{1,60})/),
    // Another file of the folder says which ROCm it stands for: a DTK is named by year and month.
    toolkit: named('DTK', lineOf(text, /^dtk\s{1,9}(?:DTK-?)?(2\d\.\d\d(?:\.\d{1,3})?)\b/i)),
    ...devicesBy(answers.get(factsProbe.id), { tool: 'hy-smi', onBus, table: readHygonTool }),
  }
}

/** Absent where no such file was there, or none says it. */
function lineOf(text: Reading<string>, pattern: RegExp): Reading<string> {
  if (text.state !== 'known') return text
  const found = boundedLines(text.value).flatMap((line) => pattern.exec(line)?.[1] ?? [])[0]
  return found === undefined ? absent : known(found)
}

function named(name: string, version: Reading<string>): Reading<string> {
  return version.state === 'known' ? known(`${name} ${version.value}`) : version
}

/** All cards at once: the nodes are shared, and which render node is which card no tool says. */
function container(): ContainerAccess {
  return {
    ...noAccess,
    devices: ['/dev/kfd', '/dev/mkfd', '/dev/dri'],
    groups: ['video'],
    securityOptions: ['seccomp=unconfined'],
    mounts: ['/opt/hyhal'],
  }
}

export const hygon: VendorReader = {
  vendor: 'hygon',
  kind: 'dcu',
  bus: {
    vendorIds: ['1d94'],
    // Bridges, USB and the crypto engine of Hygon's processors carry the same vendor id.
    isDevice: ({ deviceClass }) => /^(?:0380|0302|1200)/.test(deviceClass),
    products: { K100_AI: '6211' },
  },
  // Its nodes stand for all cards together.
  nodeGlobs: [],
  sharedNodeGlobs: ['/dev/kfd', '/dev/mkfd', '/dev/dri/renderD[0-9]*'],
  brings: { driver: 'Hygon DCU driver (hycu, hydcu)', tool: 'hyhal (hy-smi)' },
  probes: [factsProbe, versionsProbe],
  read,
  container,
  sampleProbe: smiProbe(sampled),
  readSample: (answer) => sampleBy(answer, 'hy-smi', readHygonTool),
}
