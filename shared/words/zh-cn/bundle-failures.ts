// Chinese: what went wrong with a bundle that is made, checked or imported, and what to do next.
import type { FailureOf } from '../../domain/failure.ts'
import type { BundleFailureWords } from '../failure-words.ts'
import { bundle } from './bundle.ts'

const images: { readonly [P in FailureOf<'image-refused'>['problem']]: string } = {
  unreadable: '它不是引擎能读取的镜像归档',
  named: '其归档可能占用已有镜像的名称',
  'other-image': '它不是离线包所列的镜像',
  'claims-rackside': '它自称由 Rackside 生成',
  'no-program': '其中没有用于启动或检查它的程序。服务器的引擎用 /bin/sh 执行每次健康检查：放入 busybox 即可',
}

export const bundleFailures: BundleFailureWords = {
  'container-unusable': (f) => ({
    what: `无法使用 ${f.file}：${f.problem}。`,
    next: '请从来源处重新复制，或联系离线包的制作方。',
  }),
  'bundle-incomplete': (f) => ({
    what: `离线包 ${f.name} 不完整：${f.pieces.map((one) => `${one.file} ${bundle.problems[one.problem]}`).join('，')}。`,
    next: '请补齐这些文件后重新执行该命令。已导入的部分会保留。',
  }),
  'bundle-not-kept': (f) => ({
    what: `${f.bundleId} 不是在此导入的离线包，无需移除。`,
    next: '您自己文件夹中的离线包，请直接删除该文件夹。',
  }),
  'image-refused': (f) => ({
    what: `镜像 ${f.artifact} 被拒绝：${images[f.problem]}${f.detail === '' ? '' : `（${f.detail}）`}。`,
    next:
      f.problem === 'no-program'
        ? '请把它放入镜像，或在条目中改用其他程序，然后重新执行该命令。'
        : '该离线包的任何内容都不能使用。请向其发布者索取重新制作的离线包。',
  }),
  'source-failed': (f) => ({
    what: `无法从 ${f.source} 获取 ${f.artifact}：${f.detail}。`,
    next: '请排除原因后重新执行该命令。已获取的部分会保留。',
  }),
  'build-incomplete': (f) => ({
    what: `为 ${f.solution} 制作的离线包将缺少：${f.artifacts.join('、')}。`,
    next: '请为其中每一项指定来源。',
  }),
}
