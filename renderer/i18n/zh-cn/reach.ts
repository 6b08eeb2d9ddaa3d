// Labels of the way from a computer to a service on an appliance, in Chinese.
import type { reach as english } from '../en/reach.ts'
import type { SameKeys } from '../same-keys.ts'

export const reach: SameKeys<typeof english> = {
  title: '如何使用',
  lead: '服务只在一体机本机应答。请在要使用服务的计算机上，于终端中执行对应命令并保持运行，然后访问该地址。',
  demo: '以下为服务在一体机上的地址。演示一体机的服务是模拟的，只有此控制台可以访问。',
  serves: {
    'openai-chat': 'OpenAI 兼容接口',
    'openai-gateway': 'OpenAI 兼容网关（需密钥）',
    ingress: '局域网入口',
    'openai-embeddings': 'OpenAI 兼容向量接口',
    rerank: '重排接口',
    page: '浏览器页面',
    api: '程序接口',
  },
  copy: '复制命令',
}
