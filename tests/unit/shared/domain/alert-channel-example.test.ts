// The example of a channel in the list of commands is one that is taken as it stands.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { alertChannel } from '../../../../shared/domain/alert-channel.ts'
import { repositoryRoot } from '../../../support/repository-files.ts'

it('the example of an alert channel in the list of commands is one', () => {
  const text = readFileSync(join(repositoryRoot, 'resources', 'commands.md'), 'utf8')
  const [, example = ''] = /set-channel FILE`.*?such as `(\{.*?\})`/.exec(text) ?? []
  expect(alertChannel.parse(JSON.parse(example))).toMatchObject({ way: { kind: 'webhook' } })
})
