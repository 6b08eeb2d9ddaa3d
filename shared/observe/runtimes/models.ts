// Several models behind one endpoint: engines tell their series apart by a label.
import { readLabels } from '../prometheus.ts'
import type { MetricPage } from './series.ts'

const modelLabels = ['model_name', 'model', 'model_uid']

/** What the page says of that model: its own series and those of no model. The whole page where it names other models only. */
export function pageOfModel(page: MetricPage, model: string): MetricPage {
  const own = new Map(
    [...page].map(([name, samples]) => [name, samples.filter(({ labels }) => (modelIn(labels) ?? model) === model)]),
  )
  const isNamed = [...own.values()].some((samples) => samples.some(({ labels }) => modelIn(labels) === model))
  return isNamed ? new Map([...own].filter(([, samples]) => samples.length > 0)) : page
}

/** Undefined of a series of no model, and of labels that cannot be read: those stay, and say so themselves. */
function modelIn(text: string): string | undefined {
  if (!text.includes('model')) return undefined
  const labels = readLabels(text)
  const name = modelLabels.find((one) => labels?.has(one))
  return name === undefined ? undefined : labels?.get(name)
}
