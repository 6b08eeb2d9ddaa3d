// Text as it is written by programs: shown letter by letter, and scrolled with the keyboard too where it is long.
import type { ReactNode, Ref } from 'react'

type CodeTextProps = { readonly children: ReactNode; readonly ref?: Ref<HTMLPreElement> }

export function CodeText({ children, ref }: CodeTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll without a mouse
    <pre ref={ref} className="rs-code" tabIndex={0}>
      {children}
    </pre>
  )
}
