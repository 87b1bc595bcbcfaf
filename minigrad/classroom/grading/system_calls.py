"""The system calls that answers may not make, with their numbers on x86-64 and on arm64.

Source: Linux' tables of system calls (arch/x86/entry/syscalls/syscall_64.tbl, and
include/uapi/asm-generic/unistd.h for arm64).
"""

# Other processes, the network, signals, what outlives a process, and what Landlock lets through.
NEVER = """
fork 57 - | vfork 58 - | execve 59 221 | execveat 322 281 | socket 41 198 | ptrace 101 117
process_vm_readv 310 270 | process_vm_writev 311 271 | pidfd_send_signal 424 424
pidfd_open 434 434 | pidfd_getfd 438 438 | io_uring_setup 425 425 | keyctl 250 219
add_key 248 217 | bpf 321 280 | perf_event_open 298 241 | rt_sigqueueinfo 129 138
rt_tgsigqueueinfo 297 240 | mount 165 40 | unshare 272 97 | setns 308 268 | shmget 29 194
msgget 68 186 | semget 64 190 | memfd_create 319 279 | mq_open 240 180 | setpriority 141 140
sched_setscheduler 144 119 | userfaultfd 323 282 | tkill 200 130 | chmod 90 - | fchmod 91 52
fchmodat 268 53 | fchmodat2 452 452 | chown 92 - | fchown 93 55 | lchown 94 - | fchownat 260 54
setxattr 188 5 | lsetxattr 189 6 | fsetxattr 190 7 | removexattr 197 14 | lremovexattr 198 15
fremovexattr 199 16 | utime 132 - | utimes 235 - | futimesat 261 - | utimensat 280 88
connect 42 203 | bind 49 200 | inotify_init 253 - | inotify_init1 294 26 | fanotify_init 300 262
shmat 30 196 | msgsnd 69 189 | msgrcv 70 188 | semop 65 193 | semtimedop 220 192 | mq_unlink 241 181
setxattrat 463 463 | removexattrat 466 466 | file_setattr 469 469 | process_madvise 440 440
kcmp 312 272
"""
SOMETIMES = """
clone 56 220 | clone3 435 435 | kill 62 129 | tgkill 234 131 | prctl 157 167 | prlimit64 302 261
fcntl 72 25 | socketpair 53 199
"""
MACHINES = {"x86_64": (0xC000003E, 1), "aarch64": (0xC00000B7, 2)}  # seccomp's number, column


def system_calls(table, column):
    """The calls of a table with their numbers on one machine, without those that it lacks."""
    rows = [row.split() for row in table.replace("\n", " | ").split("|") if row.strip()]
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}
