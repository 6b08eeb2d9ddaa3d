// A path on this computer, as a shell of ours got it from a dialog or a command line. Never in a call that a page makes.
import * as z from 'zod'

export const placeOnComputer = z
  .string()
  .min(1)
  .max(4096)
  // A system call would take it for the end.
  .refine((text) => !text.includes('\0'), { error: 'a path cannot contain NUL' })
