// Chinese: rules that a schema has besides forms.
import { nearest } from '../../domain/nearest.ts'
import type { SchemaRuleWords } from '../catalog-words.ts'

export const schemaRules: SchemaRuleWords = {
  printable: () => '只能使用可显示的字符，不能有 NUL 等控制字符',
  'printable-lines': () => '只能使用可显示的字符和换行',
  'no-nul': () => '文本中不能有 NUL',
  'ready-path-by-http': () => 'page 与 api 须有此项；program 不使用 HTTP，不得有此项',
  'no-such-secret': ({ known }) => `配置中没有此名称的密钥；现有：${known.join('、') || '无'}`,
  'unknown-variable': ({ name, known }) => {
    const meant = name === undefined ? undefined : nearest(name, known)
    const which = `未知的变量${name === undefined ? '' : `“${name}”`}`
    return `${which}；${meant === undefined ? '' : `是否想写“${meant}”？`}已知的有：${known.join('、') || '无'}`
  },
  'an-image': () => '至少需要一种架构的镜像',
  'layers-add-up': () => '某一类层的数量超过了总层数',
  'service-name-twice': ({ name }) => `已有名为“${name}”的服务`,
  'port-twice': ({ name, port }) => `“${name}”已使用端口 ${port}`,
  'one-address': () => '请填写服务器在局域网中的一个地址',
  'no-such-app-service': ({ name }) => `“${name}”不是本方案中的应用服务`,
  'no-such-gateway': ({ name }) => `“${name}”不是本方案中的网关`,
  'no-such-service': ({ name }) => `“${name}”不是本方案中的服务`,
  'through-needs-model': () => '经网关访问时，须在 usesModel 中写明使用哪个模型',
  'one-model-asked': () =>
    '应用最多使用一个模型：usesModel 写本方案中的模型，usesInstalled 使用设备上已有的模型，请去掉其中一个',
  'installed-as-its-service': ({ name }) =>
    `它与所属服务使用同一个已安装的模型：“${name}”也须写明该 usesInstalled，且不得写 usesModel`,
  'asked-too-early': ({ name }) => `该服务启动之前“${name}”尚不存在；请让作业在其之后运行`,
  'model-not-behind': ({ name, gateway }) => `网关“${gateway}”未提供“${name}”；请将其加入 serves`,
  'name-twice': ({ name }) => `名称“${name}”重复`,
  'name-taken': ({ name }) => `名称“${name}”由 Rackside 保留，请改用其他名称`,
  'no-such-model-service': ({ name }) => `“${name}”不是本方案中的模型服务`,
  'folder-taken': ({ folders }) => `不能位于 ${folders.join('、')} 之下`,
  'volume-name-twice': ({ name }) => `已有名为“${name}”的数据卷`,
  'volume-inside-volume': ({ name, target }) => `“${name}”已位于 ${target}`,
  'own-folder': () => '此目录用于 Rackside 自身的记录',
  'word-twice': () => '同一内容重复出现',
  'setting-unused': ({ name }) => `设置项“${name}”未被使用；请在相应位置写入 {setting.${name}}`,
  'setting-least-above-most': () => 'min 大于 max，没有任何值可用',
  'single-brace': ({ name }) => `在文件中请写 {{${name}}}：单层花括号会原样保留`,
  'secret-unused': ({ name }) =>
    `密钥“${name}”没有被使用，应用永远得不到它：请在环境变量中写 {secret.${name}}，或在文件中写 {{secret.${name}}}`,
  'stored-where': () => '患者数据会被存储，却没有说明存在哪里：请用两种语言填写“stored”',
  'a-date': () => '请写日期，例如 2026-11-29',
  'an-address': () => '请写以 https://、mailto: 或 tel: 开头的地址',
  'a-folder': () => '请写完整路径，例如 /var/lib/app：斜杠之间只用字母、数字、“.”、“_”和“-”',
  'setting-default': () => '默认值必须是该设置项允许的值',
  'setting-characters': () => '用于启动参数或文件的文本设置必须用 characters 列出允许的字符',
  'host-network-alone': () =>
    '只有不依赖其他服务、也没有组成部分的应用才能使用主机网络：在主机网络中无法按名称互相访问',
  'rerank-both-ways': ({ interfaceName }) => `${interfaceName} 与 rerank 字段须同时给出`,
}
