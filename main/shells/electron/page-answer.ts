// What the page's own protocol answers: a file of the list that was read at the start, or nothing.
import { type PageFile, type PageFiles, pagePath } from '../../core/page/page-files.ts'
import { pageHeaders } from '../../core/page/page-headers.ts'
import { mayRequest } from './page-rules.ts'

/** The link to the console is a port: the page needs no network, not even to this computer. */
const headers = { ...pageHeaders(), 'cache-control': 'no-store' }

/** The page finds its places by the fragment of its address: a path is a file, or it is nothing. */
export function answerFrom(files: PageFiles, { method, url }: { method: string; url: string }): Response {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405)
  const file = mayRequest(url) ? fileAt(files, new URL(url).pathname) : undefined
  if (file === undefined) return refusal(404)
  const about = { ...headers, 'content-type': file.type }
  return new Response(method === 'HEAD' ? null : file.bytes, { headers: about })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers })
}

function fileAt(files: PageFiles, path: string): PageFile | undefined {
  return files.get(path === '/' ? pagePath : path)
}
