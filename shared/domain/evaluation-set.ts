// A set of multiple-choice questions that a site brought, or the small one of our own: as it is kept by its digest, and what
// was refused of its file.
import * as z from 'zod'
import { sha256Hex } from './sha256.ts'

/** How a published file is written. CMExam: CSV. MedQA: a JSON object a line. CMB: one JSON list. */
export const evaluationForm = z.enum(['cmexam', 'medqa', 'cmb'])
export type EvaluationForm = z.infer<typeof evaluationForm>

export const optionLetters = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** Of letters in their order, each once: "B", "ACD". */
export const letters = z
  .string()
  .regex(/^[A-F]{1,6}$/)
  .refine((text) => [...text].every((one, at, all) => at === 0 || (all[at - 1] ?? '') < one))

export const setBounds = {
  bytes: 32 * 1024 * 1024,
  items: 20_000,
  /** Of a file so many questions are looked at, those that are refused among them. */
  looked: 100_000,
  questionLength: 8000,
  optionLength: 2000,
  categoryLength: 120,
  nameLength: 200,
  refusalsTold: 100,
} as const

export const evaluationItem = z.strictObject({
  /** Of its file, from 1; of a list the number of its entry. */
  line: z.int().positive(),
  question: z.string().min(1).max(setBounds.questionLength),
  /** In the order of their letters, from A. */
  options: z.array(z.string().min(1).max(setBounds.optionLength)).min(2).max(optionLetters.length),
  right: letters,
  /** Whoever asks says that several may be right. */
  several: z.literal(true).optional(),
  category: z.string().min(1).max(setBounds.categoryLength).optional(),
})
export type EvaluationItem = z.infer<typeof evaluationItem>

/** Why a question of a file is not one of the set. */
export const itemFault = z.enum([
  'not-json',
  'no-question',
  'question-too-long',
  'no-options',
  'options-not-in-order',
  'too-many-options',
  'option-too-long',
  'no-right-answer',
  'right-answer-unknown',
  'too-many-items',
  'cell-too-long',
])
export type ItemFault = z.infer<typeof itemFault>

export const refusedItem = z.strictObject({ line: z.int().positive(), fault: itemFault })
export type RefusedItem = z.infer<typeof refusedItem>

export const evaluationSetHead = z.strictObject({
  /** sha256 of the file that it came from. */
  digest: sha256Hex,
  name: z.string().min(1).max(setBounds.nameLength),
  form: evaluationForm,
  items: z.int().positive(),
  /** Of its questions those that are mostly Chinese. */
  inChinese: z.int().nonnegative(),
  /** How many categories its questions have; 0 where it has none. */
  categories: z.int().nonnegative(),
  /** Questions of the file that are not in it. */
  refused: z.int().nonnegative(),
  /** It came with this console: a smoke test, and no measure of what a model knows of medicine. */
  builtIn: z.literal(true).optional(),
})
export type EvaluationSetHead = z.infer<typeof evaluationSetHead>

/** As it was brought: `refusals` the first of those that are not in it. */
export const broughtSet = z.strictObject({
  set: evaluationSetHead,
  refusals: z.array(refusedItem).max(setBounds.refusalsTold),
})
export type BroughtSet = z.infer<typeof broughtSet>

export const evaluationSet = broughtSet.extend({
  format: z.literal(1),
  items: z.array(evaluationItem).min(1).max(setBounds.items),
})
export type EvaluationSet = z.infer<typeof evaluationSet>

/** Lies in the import folder, and may be a set. */
export const foundSet = z.strictObject({
  foundId: z.string().regex(/^found-[0-9a-f]{16}$/),
  name: z.string().max(setBounds.nameLength),
  bytes: z.int().nonnegative(),
})
export type FoundSet = z.infer<typeof foundSet>
