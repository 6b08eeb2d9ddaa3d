// The commands of a delivery, as they are typed: what stands in the place of a name is what the engineer wrote above.

export const kitSteps = ['init', 'edit', 'lint', 'try', 'pack', 'sign', 'verify'] as const
export type KitStep = (typeof kitSteps)[number]

/** Ids as projects take them. */
export function isKitId(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,62}$/.test(text)
}

/** A name that a shell takes as it is between quotes. */
export function isKitName(text: string): boolean {
  return text.trim() !== '' && text.length <= 200 && !/["$`\\!\p{Cc}]/u.test(text)
}

export type KitNames = { readonly app: string; readonly publisher: string; readonly name: string }

export function kitCommand(step: KitStep, { app, publisher, name }: KitNames): string {
  const commands: { readonly [S in KitStep]: string } = {
    init: `rackside vendor init ${app} --publisher-id ${publisher} --publisher-name "${name.trim()}"`,
    edit: `docker save -o ${app}/images/${app}-amd64.tar ${publisher}/${app}:1.0.0`,
    lint: `rackside vendor lint ${app}`,
    try: `rackside vendor try ${app}`,
    pack: `rackside vendor pack ${app}`,
    sign: `rackside vendor sign ${app} --out ${app}.rsb`,
    verify: `rackside vendor verify ${app}.rsb`,
  }
  return commands[step]
}
