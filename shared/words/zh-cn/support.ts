// Chinese: what is said about support bundles.
import type { SupportWords } from '../support-words.ts'

const names = {
  kept: '名称、地址和序列号均为原样：生成者选择了保留。',
  other: '机器与人员的名称、地址和序列号均已替换；同一对象在所有文件中使用同一代称。',
}

export const support: SupportWords = {
  about: (at, keepsNames) => `Rackside 支持包，生成时间 ${at}（UTC）。

内容：版本信息；控制台状态的统计；与这些一体机有关的审计记录；每台一体机的检测数据（录制格式，可用
rackside doctor --replay 文件夹 读取）、诊断结果、最近结论、最近一次执行，以及推理引擎、网关和发布入口日志的末尾部分。

不含：任何机密；用户向模型提出的问题及其回答。可能含有这些内容的日志行以及应用的日志均不收录。检测数据中的名称始终已替换。
${keepsNames ? names.kept : names.other}

所有文件均为纯文本。交给他人之前，请先自行阅读。
`,
  asking: (count) => (count === 0 ? '正在查看本控制台……' : `正在询问 ${count} 台一体机……`),
  file: (name, size) => `  ${name}  ${size}`,
  dropped: ({ logLines, secrets }) => `未收录：${logLines} 行可能含有提问内容的日志。发现并去除的机密：${secrets} 处。`,
  vaultLocked: '保险库已锁定，无法查找其中的机密。所收集的内容本不应含有机密；如需确认，请解锁后重试。',
  unreached: (list) => `未能连接：${list}。原因见支持包。`,
  written: (file, files, size) => `支持包已写入：${file}，${files} 个文件，${size}。`,
  lookFirst: '交给他人之前请先阅读：其中每个文件都是纯文本。',
}
