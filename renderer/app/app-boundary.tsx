// Catches what a screen throws: a defect of ours is said in words, with its details to copy, and the window
// can be loaded again. Work on servers does not depend on this page.
import { Component, type ReactNode } from 'react'
import { BrokenScreen } from './broken-screen.tsx'

type State = { readonly error: Error | undefined }

export class AppBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === undefined ? this.props.children : <BrokenScreen error={error} />
  }
}
