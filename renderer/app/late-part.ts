// A screen that comes after the page, with the labels that only such screens say.
import { pagePart } from './page-part.ts'

export function latePart<Part>(load: () => Promise<Part>): Promise<Part> {
  return pagePart(async () => {
    const [{ addLateLabels }, part] = await Promise.all([import('../i18n/late-labels.ts'), load()])
    addLateLabels()
    return part
  })
}
