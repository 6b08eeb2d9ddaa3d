// The words of the doctor, apart from the others: they are many, and the first screen of a page does without them.
import type { DoctorWords } from './doctor-words.ts'
import { doctor as english } from './en/doctor.ts'
import type { Language } from './words.ts'
import { doctor as chinese } from './zh-cn/doctor.ts'

export function doctorOf(language: Language): DoctorWords {
  return language === 'zh-CN' ? chinese : english
}
