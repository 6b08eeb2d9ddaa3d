// A fingerprint large and in figures of one width, in groups that an eye can hold, the letters that differ
// from another one marked. Screen readers and copies get it whole.
export type FingerprintProps = {
  readonly label: string
  /** "SHA256:..." */
  readonly text: string
  /** Letters that differ from this one are marked. */
  readonly against?: string
}

const groupLength = 4

export function Fingerprint({ label, text, against }: FingerprintProps) {
  const [, kind = '', letters = text] = /^(SHA256:)(.*)$/.exec(text) ?? []
  const other = against?.replace(/^SHA256:/, '')
  const groups = Array.from({ length: Math.ceil(letters.length / groupLength) }, (_, at) => at * groupLength)
  return (
    <figure className="rs-fingerprint">
      <figcaption>{label}</figcaption>
      <code role="img" aria-label={text} data-fingerprint={text}>
        <span className="rs-fingerprint-kind">{kind}</span>
        {groups.map((from) => (
          <span key={from} className="rs-fingerprint-group">
            {[...letters.slice(from, from + groupLength)].map((letter, place) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a letter of a fingerprint is its place
                key={from + place}
                className={other !== undefined && other[from + place] !== letter ? 'rs-differs' : undefined}
              >
                {letter}
              </span>
            ))}
          </span>
        ))}
      </code>
    </figure>
  )
}
