// What a device proof says of speed where the answer came all at once: that it is not known, and no figure.
import { expect, it } from 'vitest'
import { unreadable } from '../../../../shared/domain/reading.ts'
import { tooShort } from '../../../../shared/domain/verdict.ts'
import { deviceParts } from '../../../../shared/words/device-text.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { provenOnDevices } from '../../../support/device-proofs.ts'

it('says in both languages that a speed was too short to measure, and nothing of one that was never asked', () => {
  const parts = (why: string, language: 'en' | 'zh-CN') =>
    deviceParts({ ...provenOnDevices, speed: { tokensPerSecond: unreadable(why) } }, wordsOf(language)).join()
  expect(parts(tooShort, 'en')).toContain('speed too short to measure')
  expect(parts(tooShort, 'zh-CN')).toContain('无法测得速度')
  expect(parts('no answer says how fast it was', 'en')).not.toMatch(/speed|tokens\/s/)
})
