// Which questions a canary asks. By themselves, because an entry and a deployment say it too.
import * as z from 'zod'

/**
 * `basic`: whether the answers are technically sound, whatever they say. `clinical`: also whether they keep to what was
 * asked, in Chinese and in English.
 */
export const canarySet = z.enum(['basic', 'clinical', 'embeddings', 'rerank'])
export type CanarySet = z.infer<typeof canarySet>

/** What an entry may say. */
export const chatCanarySet = canarySet.extract(['basic', 'clinical'])
