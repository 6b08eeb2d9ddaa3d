// Labels of the test of a connection, in Chinese.
import type { connection as english } from '../en/connection.ts'
import type { SameKeys } from '../same-keys.ts'

export const connection: SameKeys<typeof english> = {
  act: '测试连接',
  title: '测试与 {{name}} 的连接',
  lead: '测试使用单独的连接，结束后即关闭，不会信任或更改任何内容。',
  again: '重新测试',
  going: '正在测试',
  next: '正在尝试下一步',
  passed: '各步骤均正常',
  failed: '未通过',
  done: '正常',
  steps: '连接步骤',
}
