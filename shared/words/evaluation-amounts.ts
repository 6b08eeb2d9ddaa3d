// Shares of right answers as people read them.
import type { EvaluationSubject, Interval } from '../domain/evaluation.ts'

/** "82.0 %". Only all is 100 %, and only nothing is 0 %. */
export function scorePercent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`
  return `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)} %`
}

/** "69.2–90.2 %". */
export function intervalText({ low, high }: Pick<Interval, 'low' | 'high'>): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/** Of a difference, in percentage points: "+4.0", "−2.1". */
export function pointsText(share: number): string {
  const points = (share * 100).toFixed(1)
  if (Number(points) === 0) return '0.0'
  return share < 0 ? points.replace('-', '−') : `+${points}`
}

/** Of a digest as much as a person compares. */
export function shortDigest(digest: string): string {
  return digest.replace('sha256:', '').slice(0, 12)
}

/** "qwen3-8b 1.0.0 awq": its entry, version and, where it was noted, form. */
export function modelName({ entry, version, form }: NonNullable<EvaluationSubject['modelEntry']>): string {
  return [entry, version, ...(form === undefined ? [] : [form])].join(' ')
}
