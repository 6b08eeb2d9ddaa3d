// What happened on a demo appliance is there for a page that was closed meanwhile, and for the next console too.
import { expect, it } from 'vitest'
import { closeCore } from '../../../main/core/open-core.ts'
import { demoCore, lastingDemoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

it('a run that ended is told with its verdict, once, also by a console that was started anew', {
  timeout: 120_000,
}, async () => {
  const first = lastingDemoCore()
  const made = await makeDemo(first.core)
  expect(must(await first.client.product.notifications.list({}))).toEqual([])
  expect(await setUpDemo(first, made)).toBe('healthy')
  const told = must(await first.client.product.notifications.list({}))
  expect(told.filter(({ about }) => about.kind === 'run')).toMatchObject([
    {
      about: {
        place: { name: made.demo.name, saved: true, demo: true },
        run: { state: 'done', verdict: 'healthy', subject: { act: 'set-up', solution: 'demo-clinic' } },
        needsPerson: false,
      },
    },
  ])
  await closeCore(first.core)
  const second = demoCore(first.folder)
  expect(must(await second.client.product.notifications.list({}))).toEqual(told)
})
