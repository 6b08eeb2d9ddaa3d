// The whole page: the console it talks to, the answers it keeps, the look, the routes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ConsoleProvider } from '../console/console-context.tsx'
import type { ConsoleLink } from '../console/console-link.ts'
import { AppBoundary } from './app-boundary.tsx'
import { Look } from './look.tsx'
import { createAppRouter } from './routes.tsx'
import '../ui/pieces.css'
import './frame.css'
import './print.css'

export function App({ link }: { readonly link: ConsoleLink }) {
  const [answers] = useState(newAnswers)
  const [router] = useState(createAppRouter)
  useEffect(() => askAgainWhenOpen(link, answers), [link, answers])
  return (
    <QueryClientProvider client={answers}>
      <ConsoleProvider link={link}>
        <Look>
          <AppBoundary>
            <RouterProvider router={router} />
          </AppBoundary>
        </Look>
      </ConsoleProvider>
    </QueryClientProvider>
  )
}

// The console is on this computer: whether there is a network says nothing about it.
function newAnswers(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { networkMode: 'always' }, mutations: { networkMode: 'always' } },
  })
}

/** What was asked while the link was lost failed: when it is open again, everything that is shown is asked again. */
function askAgainWhenOpen(link: ConsoleLink, answers: QueryClient): () => void {
  let before = link.state().state
  return link.onChange(() => {
    const now = link.state().state
    if (now === 'open' && before === 'lost') void answers.invalidateQueries()
    before = now
  })
}
