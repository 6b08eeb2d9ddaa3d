// What is wrong with an appliance, as far as its facts tell: findings as codes and evidence, worded by whoever shows
// them. Nothing is changed there.
import * as z from 'zod'
import { examination } from '../domain/finding.ts'
import { call } from './call.ts'

export function doctorCall<T extends z.ZodType>(target: T) {
  return call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({ target }), examination)
}
