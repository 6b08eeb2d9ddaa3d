// The list of vendors as text: which files of the folder of accelerators are vendors, and the module that names them.

/** `files`: file name -> text. A vendor's file NAME.ts exports `NAME: VendorReader`. */
export function vendorNamesIn(files: ReadonlyMap<string, string>): string[] {
  const names = [...files].flatMap(([file, text]) => {
    const name = /^([a-z]+)\.ts$/.exec(file)?.[1]
    return name !== undefined && text.includes(`export const ${name}: VendorReader = `) ? [name] : []
  })
  return names.sort()
}

export function vendorListText(names: readonly string[]): string {
  const list = `export const vendorReaders: readonly VendorReader[] = [${names.join(', ')}]`
  const lines = [
    '// Written by `npm run vendors` from the files of this folder: every vendor that Rackside reads.',
    ...names.map((name) => `import { ${name} } from './${name}.ts'`),
    "import type { VendorReader } from './vendor.ts'",
    '',
    list.length <= 120
      ? list
      : `${list.slice(0, list.indexOf('[', 50) + 1)}\n${names.map((name) => `  ${name},\n`).join('')}]`,
    '',
  ]
  return lines.join('\n')
}
