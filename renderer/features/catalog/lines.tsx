// Several things of one kind, one below the other.
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="ct-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
