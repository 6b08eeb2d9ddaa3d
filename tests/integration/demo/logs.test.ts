// Logs of a demo appliance over its real link: what its model writes while it is asked, a drill that kills it, and the
// command that shows the same.
import { describe, expect, it } from 'vitest'
import { status } from '../../../main/core/appliances.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import { followLog } from '../../../main/core/logs/follow.ts'
import { type LogEvent, logEvent } from '../../../shared/domain/log.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

const container = 'rackside-demo-clinic-model'

describe('a log of a demo appliance', () => {
  it('goes on while the model is asked, says that it was killed, and goes on when it runs again', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    const { target, demo } = made
    const { logs } = one.client.product
    expect(must(await logs.sources({ target }))).toEqual([])
    expect(await setUpDemo(one, made)).toBe('healthy')
    expect(must(await logs.sources({ target }))).toContainEqual({
      ...{ container, deployment: 'demo-clinic-model', isUp: true },
    })

    const left = new AbortController()
    const events: LogEvent[] = []
    const texts = () => events.flatMap((event) => (event.event === 'lines' ? event.lines.map(({ text }) => text) : []))
    const marks = () => events.flatMap(({ event }) => (event === 'lines' ? [] : [event]))
    const reading = (async () => {
      const input = { target, container, follow: true, tailLines: 1 }
      for await (const event of followLog(one.core, input, left.signal)) events.push(logEvent.parse(event))
    })()
    await expect.poll(() => texts().length, { timeout: 10_000 }).toBe(1)
    must(await status(one.core, target))
    await expect.poll(() => texts().at(-1), { timeout: 10_000 }).toContain('POST /v1/chat/completions')
    must(await drillDemo(one.core, { name: demo.name, drill: 'kill-runtime', on: true }))
    await expect.poll(marks, { timeout: 10_000 }).toEqual(['open', 'stopped'])
    expect(texts().at(-1)).toBe('Killed')
    must(await drillDemo(one.core, { name: demo.name, drill: 'kill-runtime', on: false }))
    expect(await setUpDemo(one, made)).toBe('healthy')
    await expect.poll(marks, { timeout: 10_000 }).toEqual(['open', 'stopped', 'open'])
    await expect.poll(() => texts().join(), { timeout: 10_000 }).toContain('Killed,main: binding port')
    left.abort()
    await reading

    const whole: LogEvent[] = []
    for await (const event of followLog(one.core, { target, container, follow: false, tailLines: 10_000 }))
      whole.push(logEvent.parse(event))
    const all = whole.flatMap((event) => (event.event === 'lines' ? event.lines.map(({ text }) => text) : []))
    // What was followed is what is there: nothing twice, nothing left out.
    expect(all.slice(all.indexOf('Killed')).slice(0, 3)).toEqual(texts().slice(texts().indexOf('Killed')).slice(0, 3))
  })
})
