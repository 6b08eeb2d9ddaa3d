// What models for search are asked: texts of which two are near to each other and one is far, and questions that one of
// several texts answers. Everyday sentences of a hospital, nothing of a patient.

import type { CanaryQuestionId } from '../../domain/canary.ts'
import { rankedQuestions, rankedTexts } from '../../domain/model-questions.ts'

/** `isHoped`: many good models know one language only. */
export type VectorQuestion = {
  readonly id: CanaryQuestionId
  readonly text: string
  readonly near: string
  readonly far: string
  readonly isHoped?: true
}

export const vectorQuestions: readonly VectorQuestion[] = [
  {
    id: 'near-en',
    text: 'The patient has had a fever and a cough for three days.',
    near: 'For three days the patient has been coughing and has had a fever.',
    far: 'The invoice of the bicycle shop is due on Monday.',
  },
  {
    id: 'near-zh',
    text: '患者发热、咳嗽三天。',
    near: '患者咳嗽并发热已有三天。',
    far: '自行车店的发票周一到期。',
  },
  {
    id: 'near-across',
    text: 'The patient has had a fever and a cough for three days.',
    near: '患者发热、咳嗽三天。',
    far: '自行车店的发票周一到期。',
    isHoped: true,
  },
]

export type OrderQuestion = {
  readonly id: CanaryQuestionId
  readonly query: string
  readonly texts: readonly string[]
  /** Of the text that answers it. */
  readonly best: number
  readonly isHoped?: true
}

const texts = ['探视时间为每天下午三点至五点。', '抽血化验请到门诊楼二层。', '食堂早餐从六点半开始供应。']

export const orderQuestions: readonly OrderQuestion[] = [
  { id: 'order-en', query: rankedQuestions[2], texts: rankedTexts, best: 2 },
  { id: 'order-zh', query: '什么时候可以探视病人？', texts, best: 0 },
  { id: 'order-across', query: 'Where are blood samples taken?', texts, best: 1, isHoped: true },
]
