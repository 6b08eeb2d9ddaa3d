// Settings of services on the command line: what is said of them, and how a plan shows them.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { PlanSetting } from '../../../shared/domain/plan-setting.ts'
import { type SettingWishes, settingWishes, withWishes } from '../../../shared/domain/setting.ts'
import { settingValueText } from '../../../shared/words/setting-words.ts'
import type { Words } from '../../../shared/words/words.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** "notes.language=de". What is behind the first "=" is the value, whatever is in it. */
export function readSettings({ set = [], unset = [] }: OptionValues): Result<SettingWishes | undefined> {
  const words = [...set.map((word) => ({ word, form: setForm })), ...unset.map((word) => ({ word, form: bare }))]
  const wishes: SettingWishes = []
  for (const { word, form } of words) {
    const [, service, name, value = null] = form.exec(word) ?? []
    const wish = settingWishes.element.safeParse({ service, name, value })
    if (!wish.success) return usage('not-a-setting', word)
    wishes.push(wish.data)
  }
  return ok(wishes.length === 0 ? undefined : withWishes([], wishes))
}

const bare = /^([a-z0-9][a-z0-9.-]{0,62})\.([a-z0-9-]+)$/
const setForm = /^([a-z0-9][a-z0-9.-]{0,62})\.([a-z0-9-]+)=(.*)$/s

export function settingLines(settings: readonly PlanSetting[], { settings: words, cli, language }: Words): string[] {
  if (settings.length === 0) return []
  const lines = settings.map((one) => {
    const { service, setting, source } = one
    const value = settingValueText(one, words, language)
    return `    ${service}.${setting.name} = ${value} (${cli.list([setting.title[language], words.sources[source]])})`
  })
  return [`  ${words.heading}`, ...lines]
}
