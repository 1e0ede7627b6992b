/** 0 healthy or idle, 1 problems found, 2 usage or tool fault, 3 nothing bad seen but something not known. */
export type ExitCode = 0 | 1 | 2 | 3;
