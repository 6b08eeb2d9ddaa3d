// The network port of a chip (RoCE, for models that span several servers), by `hccn_tool -i N -link -g`: "link status:
// UP". N counts as the nodes do. Only the cards of training servers have one. accelerators.md section 2.
import type { AcceleratorDetail } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, unreadable } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, needs, type Probe, silence } from '../probe.ts'
import { nodeOf } from './ascend-table.ts'

export const networkProbe: Probe = {
  id: 'hccn-tool',
  when: 'has hccn_tool && [ -e /dev/davinci_manager ]',
  shell: `${needs('hccn_tool')}
for node in /dev/davinci[0-9]*; do
  printf '== %s\\n' "\${node#/dev/davinci}"
  watched hccn_tool -i "\${node#/dev/davinci}" -link -g 2>&1
  echo
done
exit 0`,
  deadlineSeconds: 12,
  tool: true,
}

type NetworkLink = Required<AcceleratorDetail>['networkLink']

/** By node, as "/dev/davinci3"; empty where the tool is not installed. */
export function readNetworkLinks(answers: Answers): (node: string) => NetworkLink | undefined {
  const answer = answers.get(networkProbe.id)
  if (answer === undefined || answer.state === 'missing') return () => undefined
  const lines = boundedLines(answer.stdout)
  const links = new Map<string, NetworkLink>()
  let node: string | undefined
  for (const line of lines) {
    const head = /^== (\d{1,4})$/.exec(line.trim())?.[1]
    if (head !== undefined) {
      node = nodeOf(Number(head))
      continue
    }
    const said = line.trim()
    if (node === undefined || said === '' || links.get(node)?.state === 'known') continue
    const state = /^link status\s{0,10}:\s{0,10}(up|down)$/i.exec(said)?.[1]?.toLowerCase()
    if (state === 'up' || state === 'down') links.set(node, known(state))
    // Cards without a port say so instead.
    else if (/not support/i.test(said)) links.set(node, absent)
    else if (!links.has(node)) links.set(node, unreadable(`hccn_tool: ${evidence(said, 150)}`))
  }
  const reason = silence(answer) ?? 'it does not name this chip'
  return (wanted) => links.get(wanted) ?? unreadable(`hccn_tool: ${reason}`)
}
