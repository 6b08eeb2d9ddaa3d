// Chinese: what is said about updates of Rackside itself.
import type { UpdateWords } from '../update-words.ts'

export const update: UpdateWords = {
  good: (version, installed, name, bytes) =>
    `Rackside ${version}（当前为 ${installed}）：${name}，${bytes}。签名正确，文件完整。`,
  vouchedUntil: (expires) => `发布者的担保有效至 ${expires}。`,
  taken: (path) => `已检查的安装包保存在：${path}`,
  install: (command) => `尚未安装。请先退出 Rackside，然后运行：${command}`,
  start: (command) => `尚未安装。请先退出 Rackside，然后启动：${command}`,
}
