// Labels that several screens share, in English.
export const common = {
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  continue: 'Continue',
  retry: 'Try again',
  copy: 'Copy details',
  copied: 'Copied',
  copyRefused: 'This browser does not allow it',
  details: 'Details',
  print: 'Print',
  savePdf: 'Save as PDF',
  unknown: 'unknown',
  none: 'none',
  of: '{{value}} of {{total}}',
} as const
