// SGLang: the device among its arguments (server_args.py prints them all), and the room of its cache
// (model_runner.py, "max_total_num_tokens="). Seen in published logs; the arguments of 0.5 not with this reader's own eyes.
import { countIn, type LogReader, placeOfTorch } from './log-line.ts'

export const sglangLine: LogReader = (line) => {
  const [, device] = /server_args=ServerArgs\(.{0,20000}\bdevice=['"](\w{2,20})['"]/.exec(line) ?? []
  const on = device === undefined ? undefined : placeOfTorch(device)
  if (on !== undefined) return { on }
  const cacheTokens = countIn(/\bmax_total_num_tokens=(\d{1,15})\b/.exec(line)?.[1])
  return cacheTokens === undefined ? undefined : { cacheTokens }
}
