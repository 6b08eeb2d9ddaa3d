// The peer of our page: React and antd with nothing but one table of 64 rows that change each second, built like ours and
// served compressed like ours.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const page =
  '<!doctype html><html><body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>'

const program = `import { ConfigProvider, Table } from 'antd'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

const columns = ['name', 'utilization', 'memory', 'power'].map((one) => ({ title: one, dataIndex: one }))
const rows = (turn) =>
  Array.from({ length: 64 }, (_, row) => ({
    key: row, name: 'row ' + row, utilization: (row * 7 + turn * 3) % 100, memory: row + turn, power: row * turn,
  }))

function Bare() {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return <ConfigProvider><h1>One table</h1><Table columns={columns} dataSource={rows(turn)} pagination={false} /></ConfigProvider>
}
createRoot(document.getElementById('root')).render(<Bare />)
`

export type BarePage = { readonly url: string; close(): void }

/** `root`: the repository's folder; the page is built where its packages are found. */
export async function openBarePage(root: string): Promise<BarePage> {
  const folder = join(root, 'node_modules', '.cache', `bare-page-${process.pid}`)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'index.html'), page)
    writeFileSync(join(folder, 'main.tsx'), program)
    await build({
      root: folder,
      configFile: false,
      envDir: false,
      logLevel: 'warn',
      plugins: [react()],
      build: { chunkSizeWarningLimit: 2000 },
    })
    const { url, close } = await serve(join(folder, 'dist'))
    const end = () => {
      close()
      remove()
    }
    return { url, close: end }
  } catch (error) {
    remove()
    throw error
  }
}

async function serve(folder: string): Promise<BarePage> {
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url ?? '/', 'http://bare').pathname.replace(/\/$/, '/index.html'))
    if (file.includes('..') || !existsSync(file)) return void response.writeHead(404).end()
    response.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html')
    response.setHeader('content-encoding', 'gzip').end(gzipSync(readFileSync(file)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() }
}
