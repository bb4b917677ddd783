"""What a snippet may try. Each prints ESCAPED where it got what it must not have.

`@NAME@` is filled in with what the world of the test holds. `bare` are those that only matter
where no namespace stands between the snippet and the account it runs under.
"""

from dataclasses import dataclass

HEAD = """
import ctypes, os, signal, socket, struct, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    out = libc.syscall(number, *[ctypes.c_long(one) if isinstance(one, int) else one
                                 for one in arguments])
    return out if out >= 0 else -ctypes.get_errno()
def tried(act):
    try:
        return act()
    except OSError as error:
        print("denied", error.errno)
"""


@dataclass(frozen=True)
class Attack:
    name: str
    code: str
    outcomes: tuple[str, ...] = ("ok", "error")
    seconds: float = 10.0


FILES = [
    Attack("reads a key at home", "print(open('@HOME@/key').read())", ("error",)),
    Attack(
        "lists the home folder", "import os; print(os.listdir('@HOME@'), 'ESCAPED')", ("error",)
    ),
    Attack(
        "reads through a link of its own",
        "import os; os.symlink('@HOME@/key', 'link'); print(open('link').read())",
        ("error",),
    ),
    Attack(
        "reads through its own root and working folder in proc",
        "for way in ('root', 'cwd', 'fd/0/..'):\n"
        "    tried(lambda: print(open(f'/proc/self/{way}/@HOME@/key').read()))",
    ),
    Attack(
        "makes a hard link into the work folder",
        "tried(lambda: (os.link('@HOME@/key', 'mine'), print('ESCAPED')))",
    ),
    Attack(
        "moves a file away",
        "tried(lambda: (os.rename('@HOME@/key', 'mine'), print('ESCAPED')))",
    ),
    Attack("deletes a file", "tried(lambda: (os.remove('@HOME@/key'), print('ESCAPED')))"),
    Attack("empties a file by path", "tried(lambda: os.truncate('@HOME@/key', 0))"),
    Attack(
        "empties a file while opening it to read",
        "tried(lambda: os.open('@HOME@/key', os.O_RDONLY | os.O_TRUNC))\n"
        "tried(lambda: os.open('@READABLE@', os.O_RDONLY | os.O_TRUNC))",
    ),
    Attack(
        "changes modes, owners, times and attributes",
        "for path in ('@HOME@', '@HOME@/key', '@READABLE@'):\n"
        "    tried(lambda: os.chmod(path, 0))\n"
        "    tried(lambda: os.utime(path, (1, 1)))\n"
        "    tried(lambda: os.setxattr(path, 'user.x', b'1'))\n"
        "    call(452, -100, path.encode(), 0, 0)\n",
    ),
    Attack(
        "changes the mode of a file that it may read, by its handle",
        "handle = os.open('@READABLE@', os.O_RDONLY)\n"
        "tried(lambda: os.fchmod(handle, 0))\n"
        "tried(lambda: os.utime(handle, (1, 1)))\n"
        "tried(lambda: os.fchown(handle, os.getuid(), os.getgid()))",
    ),
    Attack(
        "makes a file immutable by ioctl",
        "handle = os.open('@READABLE@', os.O_RDONLY)\n"
        "import fcntl\n"
        "tried(lambda: (fcntl.ioctl(handle, 0x40086602, struct.pack('i', 0x40)),"
        " print('ESCAPED')))",
    ),
    Attack(
        "plants code in the environment's packages",
        "import sysconfig\n"
        "place = sysconfig.get_path('purelib')\n"
        "tried(lambda: (open(place + '/planted.pth', 'w').write('import os'), print('ESCAPED')))",
    ),
    Attack(
        "writes to every folder it can think of",
        "for place in ('/', '/etc', '/usr', '/usr/lib', '/var/tmp', '/run', '/dev', '/home',"
        " '/opt', '/proc/self', '@HOME@', sys.prefix):\n"
        "    tried(lambda: (open(f'{place}/planted', 'w'), print('ESCAPED', place)))",
    ),
    Attack(
        "reads the connections of the machine",
        "for place in ('/proc/net', '/proc/self/net', f'/proc/self/task/{os.getpid()}/net'):\n"
        "    for name in ('unix', 'tcp'):\n"
        "        text = tried(lambda: open(f'{place}/{name}').read()) or ''\n"
        "        if '@ABSTRACT@' in text or f'{@TCP@:04X}' in text: print('ESCAPED', place)",
    ),
    Attack(
        "reads the passwords of the package index",
        "for place in (sys.prefix, '@HOME@/..'):\n"
        "    for name in ('pip.conf', '.pip/pip.conf', '.netrc', '.config/pip/pip.conf'):\n"
        "        text = tried(lambda: open(f'{place}/{name}').read())\n"
        "        if text is not None: print('ESCAPED', place, name)",
    ),
    Attack(
        "reads what is noted of a file beside its content",
        "for path in ('@HOME@/key', '@HOME@'):\n"
        "    if tried(lambda: os.listxattr(path)) is not None: print('ESCAPED', path)",
    ),
    Attack(
        "opens by the newest call for it",
        "way = struct.pack('QQQ', os.O_RDONLY, 0, 0)\n"
        "handle = call(437, -100, b'@HOME@/key', way, len(way))\n"
        "if handle >= 0: print('ESCAPED', os.read(handle, 100))",
    ),
    Attack(
        "plants a file wherever a folder takes one",
        "mine = os.getcwd(), '/tmp', '/dev/shm'\n"
        "places = {*sys.path, sys.prefix, sys.base_prefix, sys.executable, '/proc/1', '/run'}\n"
        "while places:\n"
        "    place = places.pop()\n"
        "    if place != os.path.dirname(place): places.add(os.path.dirname(place))\n"
        "    around = tried(lambda: os.listdir(place)) or [] if place.count('/') < 3 else []\n"
        "    for path in {place, *(os.path.join(place, name) for name in around)}:\n"
        "        if os.path.realpath(path).startswith(mine): continue\n"
        "        tried(lambda: (open(f'{path}/planted', 'x'), print('ESCAPED', path)))\n"
        "        tried(lambda: (os.mkdir(f'{path}/dug'), print('ESCAPED', path)))",
    ),
    Attack("reads the accounts", "print(open('/etc/passwd').read(), 'ESCAPED')", ("error",)),
]

PROCESSES = [
    Attack(
        "sees other processes",
        "seen = tried(lambda: [p for p in os.listdir('/proc') if p.isdigit()]) or []\n"
        "for pid in {*map(int, seen), os.getppid(), @SENTINEL@} - {os.getpid()}:\n"
        "    for what in ('cmdline', 'environ', 'status', 'maps'):\n"
        "        text = tried(lambda: open(f'/proc/{pid}/{what}', 'rb').read()) or b''\n"
        "        if b'@CANARY@' in text or b'sentinel' in text: print('ESCAPED', pid, what)",
    ),
    Attack(
        "signals everything",
        "for number in (0, signal.SIGSTOP, signal.SIGKILL):\n"
        "    tried(lambda: (os.kill(@SENTINEL@, number), print('ESCAPED')))\n"
        "tried(lambda: (os.killpg(os.getpgid(@SENTINEL@), 9), print('ESCAPED')))\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "tried(lambda: os.kill(-1, signal.SIGTERM))",
        ("ok", "error", "killed"),
    ),
    Attack(
        "signals by every other way",
        "info = ctypes.create_string_buffer(128)\n"
        "handle = call(434, @SENTINEL@, 0)\n"
        "for got in (call(424, handle, 9, 0, 0), call(234, @SENTINEL@, @SENTINEL@, 9),\n"
        "            call(200, @SENTINEL@, 9), call(129, @SENTINEL@, 9, info),\n"
        "            call(297, @SENTINEL@, @SENTINEL@, 9, info)):\n"
        "    print(got)\n"
        "    if got == 0: print('ESCAPED')",
    ),
    Attack(
        "has a signal sent when a pipe moves",
        "import fcntl\n"
        "ends = socket.socketpair()\n"
        "tried(lambda: fcntl.fcntl(ends[0], 8, @SENTINEL@))\n"
        "tried(lambda: fcntl.fcntl(ends[0], 15, struct.pack('ii', 1, @SENTINEL@)))\n"
        "tried(lambda: fcntl.fcntl(ends[0], 10, 9))\n"
        "tried(lambda: fcntl.ioctl(ends[0], 0x8901, struct.pack('i', @SENTINEL@)))\n"
        "fcntl.fcntl(ends[0], fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)\n"
        "ends[1].send(b'x'); time.sleep(0.2)",
        ("ok", "error", "killed"),
    ),
    Attack(
        "takes processor time, handles and priority from others",
        "limit = struct.pack('QQ', 1, 1)\n"
        "for kind in (0, 7): call(302, @SENTINEL@, kind, limit, 0)\n"
        "tried(lambda: os.sched_setaffinity(@SENTINEL@, {0}))\n"
        "tried(lambda: os.setpriority(os.PRIO_PROCESS, @SENTINEL@, 19))\n"
        "tried(lambda: os.setpriority(os.PRIO_USER, 0, 19))\n"
        "tried(lambda: os.sched_setscheduler(@SENTINEL@, os.SCHED_IDLE, os.sched_param(0)))\n"
        "call(251, 1, @SENTINEL@, (3 << 13))",
    ),
    Attack(
        "traces and reads another process",
        "for got in (call(101, 16, @SENTINEL@, 0, 0), call(310, @SENTINEL@, 0, 0, 0, 0, 0),\n"
        "            call(438, call(434, @SENTINEL@, 0), 1, 0)):\n"
        "    print(got)\n"
        "    if got >= 0: print('ESCAPED')",
    ),
    Attack(
        "finds a process that no filter holds, and writes into its memory",
        "seen = tried(lambda: [p for p in os.listdir('/proc') if p.isdigit()]) or []\n"
        "for pid in {*map(int, seen), 1, os.getppid(), @SENTINEL@} - {os.getpid()}:\n"
        "    about = tried(lambda: open(f'/proc/{pid}/status').read())\n"
        "    if about and 'Seccomp:\\t2' not in about: print('ESCAPED', pid)\n"
        "    tried(lambda: (open(f'/proc/{pid}/mem', 'r+b'), print('ESCAPED', pid)))",
    ),
    Attack(
        "changes what the kernel does",
        "for folder, _, names in os.walk('/proc/sys'):\n"
        "    for name in names:\n"
        "        path = os.path.join(folder, name)\n"
        "        tried(lambda: (os.open(path, os.O_WRONLY), print('ESCAPED', path)))\n"
        "for path in ('/proc/pressure/memory', '/proc/sysrq-trigger', '/proc/1/oom_score_adj'):\n"
        "    tried(lambda: (os.open(path, os.O_WRONLY), print('ESCAPED', path)))",
    ),
    Attack(
        "leaves a daemon with a clean environment",
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        for handle in range(3): os.close(handle)\n"
        "        os.execve(sys.executable, ['@MARK@', '-c', 'import time; time.sleep(300)'], {})\n"
        "    os._exit(0)\n"
        "os.wait(); print('gone')",
        ("ok",),
    ),
    Attack(
        "starts processes for ever, each in a session of its own",
        "while True:\n"
        "    try:\n"
        "        if os.fork() == 0: os.setsid()\n"
        "    except OSError: time.sleep(0.01)",
        ("timeout", "killed", "error"),
        4.0,
    ),
    Attack(
        "stops the process that watches it",
        "tried(lambda: os.kill(os.getppid(), signal.SIGSTOP))\n"
        "tried(lambda: os.killpg(0, signal.SIGSTOP))\n"
        "time.sleep(60)",
        ("timeout", "killed"),
        3.0,
    ),
    Attack(
        "makes a sibling instead of a child",
        "if call(56, 0x8000 | 17, 0, 0, 0, 0) == 0:\n"
        "    os.execve(sys.executable, ['@MARK@', '-c', 'import time; time.sleep(300)'], {})\n"
        "time.sleep(0.3)",
    ),
]

NETWORK = [
    Attack(
        "opens a socket of every kind",
        "for family in (1, 2, 10, 16, 17, 40, 38):\n"
        "    for kind in (1, 2, 3, 5):\n"
        "        if tried(lambda: socket.socket(family, kind)): print('ESCAPED', family, kind)",
    ),
    Attack(
        "connects by TCP, UDP and by name",
        "tried(lambda: socket.create_connection(('127.0.0.1', @TCP@), 2).send(b'@CANARY@'))\n"
        "tried(lambda: socket.socket(2, 2).sendto(b'x', ('127.0.0.1', @UDP@)))\n"
        "tried(lambda: print('ESCAPED', socket.getaddrinfo('example.org', 80)))",
    ),
    Attack(
        "talks to a socket in a file and to an abstract one",
        "tried(lambda: socket.socket(1).connect('@HOME@/socket'))\n"
        "tried(lambda: socket.socket(1).connect('\\0@ABSTRACT@'))",
    ),
    Attack(
        "sends a datagram from a pair that it may have",
        "for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):\n"
        "    pair = tried(lambda: socket.socketpair(socket.AF_UNIX, kind))\n"
        "    for way in ('@HOME@/datagrams', '\\0@ABSTRACT@'):\n"
        "        if pair: tried(lambda: pair[0].sendto(b'x', way))\n"
        "        if pair: tried(lambda: pair[0].sendmsg([b'x'], [], 0, way))",
    ),
    Attack(
        "makes a ring that opens sockets for it",
        "if call(425, 8, ctypes.create_string_buffer(120)) >= 0: print('ESCAPED')",
    ),
    Attack(
        "calls by the numbers of another architecture",
        "for number in (41, 49, 42, 101): \n"
        "    got = call(0x40000000 | number, 2, 1, 0)\n"
        "    if got >= 0: print('ESCAPED', number)",
        ("ok", "error", "killed"),
    ),
    Attack(
        "calls by the gate for 32-bit programs",
        "import mmap\n"
        "page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)\n"
        "page.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')  # getpid() by int 0x80\n"
        "where = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "print('ESCAPED', ctypes.CFUNCTYPE(ctypes.c_int)(where)())",
        ("killed",),
    ),
    Attack(
        "makes namespaces of its own",
        "for flag in (0x10000000, 0x40000000, 0x20000, 0x20000000, 0x2000000):\n"
        "    if call(272, flag) == 0: print('ESCAPED')\n"
        "    if call(56, flag | 17, 0, 0, 0, 0) > 0: print('ESCAPED')",
    ),
    Attack(
        "talks to services of the machine",
        "for number in (321, 298, 323, 250, 248, 165, 303, 246):\n"
        "    got = call(number, 0, 0, 0, 0, 0)\n"
        "    if got >= 0: print('ESCAPED', number)",
    ),
]

SHARED = [
    Attack(
        "reads and overwrites memory that others share",
        "libc.syscall.restype = ctypes.c_long\n"
        "for number in {@SEGMENT@, *range(64)}:\n"
        "    place = libc.syscall(30, ctypes.c_long(number), None, ctypes.c_long(0))\n"
        "    if place > 0:\n"
        "        print('ESCAPED', ctypes.string_at(place, 10))\n"
        "        ctypes.memset(place, 0, 10)\n"
        "if call(31, @SEGMENT@, 0, 0) == 0: print('ESCAPED')",
    ),
    Attack(
        "takes messages from queues of others",
        "text = ctypes.create_string_buffer(200)\n"
        "for number in {@QUEUE@, *range(64)}:\n"
        "    if call(70, number, text, 100, 0, 0o4000) >= 0: print('ESCAPED', text.raw)\n"
        "    if call(69, number, struct.pack('q', 1) + b'x', 1, 0o4000) == 0: print('ESCAPED')\n"
        "if call(71, @QUEUE@, 0, 0) == 0: print('ESCAPED')\n"
        "if call(241, b'nobody-has-this-queue') != -1: print('ESCAPED')",
    ),
]

# Where only a filter of system calls keeps memory and files in sight of the limits.
HIDING = [
    Attack(
        "holds memory that it does not show",
        "import mmap\n"
        "def hold(handle):\n"
        "    block = mmap.mmap(handle, 1 << 28, flags=mmap.MAP_SHARED)\n"
        "    for at in range(0, 1 << 28, 4096): block[at] = 1\n"
        "    block.madvise(mmap.MADV_DONTNEED)\n"
        "    print('ESCAPED', block[0])\n"
        "tried(lambda: hold(-1))\n"
        "tried(lambda: hold(os.open('/dev/zero', os.O_RDWR)))",
    ),
    Attack(
        "hides such files in a program that nobody may read",
        "if tried(lambda: libc.prctl(4, 0, 0, 0, 0)) == 0: print('ESCAPED')\n"
        "program = os.open('p', os.O_CREAT | os.O_WRONLY, 0o111)\n"
        "os.write(program, open('/bin/sleep', 'rb').read()); os.close(program)\n"
        "for n in range(200):\n"
        "    kept = os.open(f'f{n}', os.O_CREAT | os.O_WRONLY); os.unlink(f'f{n}')\n"
        "    subprocess.Popen(['./p', '60'], pass_fds=(kept,))\n"
        "    for _ in range(4): os.write(kept, bytes(8 << 20))\n"
        "    os.close(kept)\n"
        "    if n > 30: print('ESCAPED', n)",
        ("killed", "error"),
    ),
    Attack(
        "sets space aside beyond the size of a file",
        "handle = os.open('f', os.O_CREAT | os.O_WRONLY)\n"
        "got = call(285, handle, 1, 0, 1 << 30)  # kept out of its size\n"
        "if got == 0: print('ESCAPED', os.fstat(handle).st_blocks)",
        ("ok", "killed"),
    ),
    Attack(
        "takes what an account has few of",
        "if call(294, 0) >= 0 or call(253) >= 0: print('ESCAPED inotify')\n"
        "timer, taken = ctypes.c_int(), 0\n"
        "while taken < 5000 and call(222, 1, 0, ctypes.byref(timer)) == 0: taken += 1\n"
        "if taken == 5000: print('ESCAPED timers')",
    ),
    Attack(
        "leaves a file in a socket and forgets it",
        "ends = socket.socketpair()\n"
        "tried(lambda: (socket.send_fds(ends[0], [b'x'], [os.open('f', os.O_CREAT)]),"
        " print('ESCAPED')))",
    ),
]

RESOURCES = [
    Attack(
        "reads so much emptiness that the map of it fills the memory",
        "import mmap\n"
        "flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS\n"
        "block = mmap.mmap(-1, 1 << 43, flags=flags, prot=mmap.PROT_READ)\n"
        "for at in range(0, 1 << 43, 1 << 21): block[at]",
        ("killed", "timeout"),
        20.0,
    ),
    Attack(
        "fills sockets that nobody reads",
        "for n in range(90):\n"
        "    if os.fork() == 0:\n"
        "        pairs = []\n"
        "        while True:\n"
        "            try: pairs.append(socket.socketpair())\n"
        "            except OSError: break\n"
        "            for end in pairs[-1]:\n"
        "                end.setblocking(False)\n"
        "                try:\n"
        "                    while True: end.send(bytes(1 << 16))\n"
        "                except OSError: pass\n"
        "        time.sleep(60)\n"
        "time.sleep(60)",
        ("killed", "error"),
        20.0,
    ),
    Attack(
        "fills the disk with files that have no name",
        "held = []\n"
        "for n in range(200):\n"
        "    held.append(open(f'f{n}', 'wb', buffering=0)); os.unlink(f'f{n}')\n"
        "    for _ in range(4): held[-1].write(bytes(8 << 20))\n"
        "    if n > 30: print('ESCAPED', n)",
        ("killed", "error"),
    ),
    Attack(
        "holds memory that no process owns",
        "held = 0\n"
        "for n in range(64):\n"
        "    handle = call(319, b'm', 0)\n"
        "    if handle < 0: break\n"
        "    held += tried(lambda: os.write(handle, bytes(16 << 20))) or 0\n"
        "if held: print('ESCAPED', held)\n"
        "if call(29, 0, 64 << 20, 0o1600) >= 0: print('ESCAPED')\n"
        "if call(68, 0, 0o1600) >= 0: print('ESCAPED')",
    ),
    Attack(
        "fills every folder that is memory",
        "total = 0\n"
        "for place in ('/dev', '/dev/shm', '/tmp', '/run', '.'):\n"
        "    for n in range(12):\n"
        "        try:\n"
        "            with open(f'{place}/fill{n}', 'wb') as file:\n"
        "                for _ in range(4): total += file.write(bytes(8 << 20))\n"
        "        except OSError: break\n"
        "if total > 3 * (160 << 20): print('ESCAPED', total)",
        ("ok", "error", "killed"),
    ),
    Attack(
        "digs folders deeper than a path can say",
        "for n in range(3000):\n"
        "    os.mkdir('d'); os.chdir('d')\n"
        "open('x', 'w').write('x' * 1000)\n"
        "os.mkdir('closed', 0)",
        ("ok", "error", "killed"),
    ),
    Attack(
        "makes files without end",
        "n = 0\nwhile True:\n    open(f'f{n}', 'w').close(); n += 1",
        ("killed",),
        20.0,
    ),
    Attack(
        "fills the disk with files that are only mapped",
        "libc.mmap.restype = ctypes.c_void_p\n"
        "for n in range(1000):\n"
        "    with open(f'f{n}', 'w+b', buffering=0) as file:\n"
        "        for _ in range(4): file.write(bytes(8 << 20))\n"
        "        size, start = ctypes.c_size_t(4096), ctypes.c_long(0)\n"
        "        libc.mmap(None, size, 1, 1, file.fileno(), start)\n"
        "    os.unlink(f'f{n}')\n"
        "    time.sleep(0.02)",
        ("killed", "error"),
        20.0,
    ),
    Attack(
        "spreads memory over many processes",
        "for n in range(40):\n"
        "    if os.fork() == 0:\n"
        "        block = bytearray(200 << 20)\n"
        "        time.sleep(60)\n"
        "time.sleep(60)",
        ("killed", "error"),
    ),
    Attack(
        "raises its own limits",
        "import resource\n"
        "for kind in ('DATA', 'NOFILE', 'FSIZE', 'NPROC', 'CPU'):\n"
        "    kind = getattr(resource, 'RLIMIT_' + kind)\n"
        "    try:\n"
        "        resource.setrlimit(kind, (-1, -1)); print('ESCAPED')\n"
        "    except (ValueError, OSError): print('denied')",
        ("ok",),
    ),
]

CHANNEL = [
    Attack(
        "forges messages on the channel of results",
        "for handle in range(3, 12):\n"
        "    try:\n"
        '        os.write(handle, b\'{"kind": "figure", "size": 99999999999}\\nxxxx\')\n'
        '        os.write(handle, b\'{"kind": "line", "line": true, "size": -5}\\n\' * 100)\n'
        "        os.write(handle, b'[' * 100000 + b'\\n')\n"
        "    except OSError: pass",
        ("ok",),
    ),
    Attack(
        "claims sizes that are no numbers",
        "for handle in range(3, 12):\n"
        "    try:\n"
        '        os.write(handle, b\'{"kind": "value", "size": Infinity}\\n\')\n'
        "        for _ in range(100): os.write(handle, bytes(1 << 16))\n"
        "    except OSError: pass",
        ("ok",),
    ),
    Attack(
        "floods the channel of results",
        "import threading\n"
        "for handle in range(3, 12):\n"
        "    try:\n"
        '        for _ in range(4000): os.write(handle, b\'{"kind": "value", "size": 5000}\\n\''
        " + b'[' * 5000)\n"
        "    except OSError: pass",
        ("ok", "killed", "error", "timeout"),
        6.0,
    ),
    Attack(
        "closes everything and hangs",
        "os.closerange(0, 200)\nwhile True: time.sleep(1)",
        ("timeout",),
        3.0,
    ),
    Attack(
        "writes bytes that are no text",
        "sys.stdout.buffer.write(bytes(range(256)) * 3 + '\\u202e\\u2066x'.encode())\n"
        "sys.stderr.buffer.write(b'\\x1b]52;c;eA==\\x07\\x1b[2J\\xff')",
        ("ok",),
    ),
    Attack(
        "leaves threads and last words that never end",
        "import atexit, threading\n"
        "atexit.register(time.sleep, 60)\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "class Last:\n"
        "    def __del__(self): time.sleep(60)\n"
        "last = Last()",
        ("ok",),
        5.0,
    ),
    Attack(
        "writes its output byte by byte",
        "for n in range(30000): os.write(1 + n % 2, b'x')",
        ("ok",),
        20.0,
    ),
    Attack(
        "leaves pipes, loops and links where files are looked for",
        "for name in ('.matplotlib', '.keras', 'figure.png', 'result', 'sitecustomize.py'):\n"
        "    os.mkfifo(name)\n"
        "os.symlink('.', 'round'); os.symlink('/dev/full', 'full'); os.symlink('@HOME@', 'home')\n"
        "os.mkdir('folder'); os.symlink('../folder', 'folder/again')",
        ("ok",),
    ),
    Attack(
        "ends as if a signal had ended it",
        "os._exit(255)",
        ("error",),
    ),
]

BOMBS = [
    Attack(
        "has a picture claim more pixels than there are",
        "import zlib\n"
        "head = b'\\x89PNG\\r\\n\\x1a\\n' + struct.pack('>I4sII', 13, b'IHDR', 200000, 200000)\n"
        "data = head + bytes(40)\n"
        "for handle in range(3, 12):\n"
        '    try: os.write(handle, b\'{"kind": "figure", "size": %d}\\n\' % len(data) + data)\n'
        "    except OSError: pass",
        ("ok",),
    ),
    Attack(
        "shows a hundred figures",
        "import matplotlib.pyplot as plt\n"
        "for n in range(100):\n"
        "    plt.figure(figsize=(1, 1)); plt.show()",
        ("ok", "error", "killed"),
        60.0,
    ),
]

EVERY = [*FILES, *PROCESSES, *NETWORK, *SHARED, *HIDING, *RESOURCES, *CHANNEL, *BOMBS]
# What a plain process with limits still holds: the limits, and the pipes.
LIMITED_HOLDS = {
    attack.name
    for attack in (*RESOURCES, *CHANNEL, *BOMBS)
    if attack.name not in ("holds memory that no process owns", "fills every folder that is memory")
} | {"leaves a daemon with a clean environment", "makes a sibling instead of a child"}
