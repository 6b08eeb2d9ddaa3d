// 中文：模型在真实硬件上的实测数据。
import type { HardwareClass } from '../../domain/entry/measured.ts'
import { vendorName } from '../accelerator-name.ts'
import { bytesText, threeDigits } from '../amounts.ts'
import { timeText } from '../bench-amounts.ts'
import type { EvidenceWords } from '../evidence-words.ts'

function hardware(one: HardwareClass): string {
  if (one.on === 'processor') return `处理器 ${one.product}，${one.cores} 线程`
  const each = one.memoryBytes === undefined ? '' : `，每块 ${bytesText(one.memoryBytes)}`
  return `${one.count} × ${vendorName(one.vendor)} ${one.product}${each}`
}

export const evidence: EvidenceWords = {
  hardware,
  measured: ({ hardware: on, runtime, runtimeVersion, tokensPerSecond: alone, ...one }) => {
    const first = alone === undefined ? '' : `单用户 ${threeDigits(alone)} tokens/s；`
    const together = `首字延迟 p95 ${timeText(one.ttftP95Ms)}，TPOT p95 ${timeText(one.tpotP95Ms)}，合计 ${threeDigits(one.outputTokensPerSecond)} tokens/s`
    const asked = `${one.users} 人同时使用（输入约 ${one.inputTokens}、输出约 ${one.outputTokens} tokens）：${together}`
    return `${hardware(on)}，${runtime} ${runtimeVersion}：${first}${asked}。证书 ${one.certificate.slice(0, 12)}（${one.measuredOn}），密钥 ${one.signedBy}`
  },
  label: '实测',
  byCatalog: '目录中同类硬件的实测值',
  written: (deployment, form, file) => `${deployment}：已写入 ${file}，形式 ${form}`,
  wasThere: (deployment, form, file) => `${deployment}：${file} 中已有，形式 ${form}`,
  left: (deployment, why) => `${deployment}：未写入，${why}`,
  why: {
    demo: '该服务器是模拟的',
    refused: '证书中有对它不利的结论',
    'no-form': '证书没有说明模型来自哪个目录条目；它由较早的版本安装',
    'device-unproven': '无法证实模型在哪些设备上计算',
    'hardware-unread': '证书没有说明这些设备的型号',
    'not-measured': '没有按约定的用户数做过测量',
    'rough-figures': '完成的请求太少，数值不可靠',
    'no-entry': '该文件夹中没有此模型此版本的条目',
    'no-such-form': '条目中没有这种形式',
    'one-line': '该形式写在一行花括号内；请改为逐行书写',
    full: '该形式的实测数据已达上限；请删去旧的',
  },
  nothing: '证书中没有可对话的模型，无可写入。',
  next: '请核对新增的各行，然后签署目录：签署者为其担保。',
}
