// Reads a text file of this computer in the page. The browser's own button for it speaks the browser's language; this
// one says what it is told to. A file that is too large is not read, and that is said by whoever asked for it.
import type { ReactNode } from 'react'

export type FileButtonProps = {
  readonly children: ReactNode
  readonly mostBytes: number
  readonly onText: (text: string) => void
  readonly onTooLarge: () => void
}

export function FileButton({ children, mostBytes, onText, onTooLarge }: FileButtonProps) {
  const read = (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > mostBytes) onTooLarge()
    else void file.text().then(onText)
  }
  return (
    <label className="rs-file-button">
      <span>{children}</span>
      <input
        type="file"
        className="rs-visually-hidden"
        onChange={(event) => {
          read(event.target.files?.[0])
          // The same file can be chosen again.
          event.target.value = ''
        }}
      />
    </label>
  )
}
