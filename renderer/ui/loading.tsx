// Something is on its way: a small turning mark that a screen reader names.
import { Spin } from 'antd'

export function Loading({ label, className }: { readonly label: string; readonly className?: string }) {
  // A label needs a role, and antd's mark takes none.
  return (
    <span role="status" aria-label={label} className={className}>
      <Spin size="small" />
    </span>
  )
}
