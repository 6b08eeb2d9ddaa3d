// The network port of each chip, as hccn_tool says it in its own words, node by node.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { networkProbe, readNetworkLinks } from '../../../../../shared/facts/accelerators/ascend-network.ts'
import { answer } from '../recorded.ts'

const linkOf = (node: string, text: string) =>
  readNetworkLinks(new Map([[networkProbe.id, answer(networkProbe.id, text)]]))(node)

describe('readNetworkLinks', () => {
  it.each([
    ['link status: UP', known('up')],
    ['link status: DOWN', known('down')],
    ['  Link Status  :  up  ', known('up')],
    ['link status:UP', known('up')],
    ['\n\nlink status: UP', known('up')],
    ['warning: slow\nlink status: UP', known('up')],
    ['link status: UP\nlink status: DOWN', known('up')],
    ['link status: DOWN\nThis device does not support it', known('down')],
    ['This device does not support querying', absent],
    ['link status: UPWARDS', unreadable('hccn_tool: link status: UPWARDS')],
    ['no link status: UP', unreadable('hccn_tool: no link status: UP')],
    ['first\nsecond', unreadable('hccn_tool: first')],
    ['', unreadable('hccn_tool: it does not name this chip')],
  ])('%j', (said, link) => {
    expect(linkOf('/dev/davinci12', `== 12\n${said}\n`)).toEqual(link)
  })

  it('keeps the nodes apart, and takes nothing from before the first', () => {
    const text = 'link status: UP\n == 0 \nlink status: DOWN\n== 1\n\n== 1 x\nx== 2\n'
    expect(['0', '1', '2'].map((one) => linkOf(`/dev/davinci${one}`, text))).toEqual([
      known('down'),
      unreadable('hccn_tool: == 1 x'),
      unreadable('hccn_tool: it does not name this chip'),
    ])
    expect(linkOf('/dev/davinci0', '== 0\nfirst\nlink status: UP')).toEqual(known('up'))
  })

  it('says nothing without the tool, and why where it did not answer', () => {
    expect(readNetworkLinks(new Map())('/dev/davinci0')).toBeUndefined()
    const missing = answer(networkProbe.id, '', { state: 'missing' })
    expect(readNetworkLinks(new Map([[networkProbe.id, missing]]))('/dev/davinci0')).toBeUndefined()
    const late = answer(networkProbe.id, '== 0\nlink status: UP\n', { state: 'timed-out' })
    const links = readNetworkLinks(new Map([[networkProbe.id, late]]))
    expect([links('/dev/davinci0'), links('/dev/davinci1')]).toEqual([
      known('up'),
      unreadable('hccn_tool: it did not answer in time'),
    ])
  })
})
