// The form of an entry as a JSON schema: editors complete and check with it while somebody writes. What no JSON schema
// can say (a service that uses a model of its own solution, characters that nobody sees) is for the lint.
import * as z from 'zod'
import { entry } from './entry.ts'

export function entryJsonSchema(): object {
  return { title: 'Rackside catalog entry', ...z.toJSONSchema(entry, { target: 'draft-2020-12', io: 'input' }) }
}
