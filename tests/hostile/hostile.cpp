// Hostile acts by name: `./hostile NAME SECRET PORT`. It prints "reached" when an act got somewhere that a
// sandbox must not let it; the acts that use up something go on until they are ended.
#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <functional>
#include <map>
#include <string>
#include <vector>

static std::string secret;
static int port;
static bool reads(const std::string &path) {
    char text[64];
    int file = open(path.c_str(), O_RDONLY);
    return file >= 0 && read(file, text, sizeof text) > 0;
}
static bool writes(const std::string &path) { return open(path.c_str(), O_CREAT | O_WRONLY, 0600) >= 0; }
static bool connects(int family, int kind, int port, unsigned address = INADDR_LOOPBACK) {
    sockaddr_in to = {};
    to.sin_family = family;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(address);
    int s = socket(family, kind, 0);
    return s >= 0 && connect(s, (sockaddr *)&to, sizeof to) == 0 && send(s, "x", 1, 0) == 1;
}
static std::string beside() { return secret.substr(0, secret.rfind('/')); }
[[noreturn]] static void forever() { for (;;) pause(); }
static void burn() { for (volatile int i = 0;; i = i) {} }

static const std::map<std::string, std::function<bool()>> acts = {
    {"read-secret", [] { return reads(secret); }},
    {"read-passwd", [] { return reads("/etc/passwd"); }},
    {"read-shadow", [] { return reads("/etc/shadow"); }},
    {"read-by-symlink", [] { return symlink(secret.c_str(), "link") == 0 && reads("link"); }},
    {"read-by-hard-link", [] { return link(secret.c_str(), "hard") == 0; }},
    {"read-by-dots", [] { return reads("../" + secret.substr(secret.rfind('/') + 1)); }},
    {"read-by-proc-root", [] { return reads("/proc/1/root" + secret); }},
    {"read-by-proc-cwd", [] { return reads("/proc/" + std::to_string(getppid()) + "/root" + secret); }},
    {"read-memory-of-init", [] { return reads("/proc/1/mem"); }},
    {"read-disk", [] { return reads("/dev/vda") || reads("/dev/sda") || reads("/dev/mem"); }},
    {"rename-secret", [] { return rename(secret.c_str(), "taken") == 0; }},
    {"remove-secret", [] { return unlink(secret.c_str()) == 0; }},
    {"truncate-secret", [] { return truncate(secret.c_str(), 0) == 0; }},
    {"chmod-secret", [] { return chmod(secret.c_str(), 0777) == 0; }},
    {"write-beside-secret", [] { return writes(beside() + "/planted"); }},
    {"write-system", [] { return writes("/usr/planted") || writes("/usr/bin/planted"); }},
    {"write-root", [] { return writes("/planted"); }},
    {"write-passwd", [] { return writes("/etc/passwd"); }},
    {"mkdir-outside", [] { return mkdir((beside() + "/planted").c_str(), 0777) == 0; }},
    {"mknod", [] { return mknod("device", S_IFBLK | 0666, 0x0800) == 0; }},
    {"environment", [] { return getenv("SILIWRIGHT_TEST_KEY") != nullptr; }},
    {"environment-of-parent",
     [] {
         FILE *f = fopen(("/proc/" + std::to_string(getppid()) + "/environ").c_str(), "r");
         char text[65536] = {};
         size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
         return memmem(text, n, "SILIWRIGHT_TEST_KEY", 19) != nullptr;
     }},
    {"tcp", [] { return connects(AF_INET, SOCK_STREAM, port); }},
    {"udp", [] { return connects(AF_INET, SOCK_DGRAM, 53, 0xc0000201); }},
    {"raw-socket", [] { return socket(AF_PACKET, SOCK_RAW, 0) >= 0 || connects(AF_INET, SOCK_RAW, 0); }},
    {"unix-socket",
     [] {
         sockaddr_un to = {AF_UNIX, {}};
         strncpy(to.sun_path, (beside() + "/socket").c_str(), sizeof to.sun_path - 1);
         int s = socket(AF_UNIX, SOCK_STREAM, 0);
         return s >= 0 && connect(s, (sockaddr *)&to, sizeof to) == 0;
     }},
    {"abstract-socket",
     [] {
         sockaddr_un to = {AF_UNIX, {}};
         std::string name = "siliwright-" + std::to_string(port);
         memcpy(to.sun_path + 1, name.data(), name.size());
         int s = socket(AF_UNIX, SOCK_STREAM, 0);
         socklen_t size = offsetof(sockaddr_un, sun_path) + 1 + name.size();
         return s >= 0 && connect(s, (sockaddr *)&to, size) == 0;
     }},
    {"ptrace-parent", [] { return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0; }},
    {"kill-parent",
     [] {
         int parent = getppid();
         kill(parent, SIGKILL);
         usleep(50000);
         return getppid() != parent;
     }},
    {"become-root", [] { return geteuid() != 0 && setuid(0) == 0; }},
    {"mount", [] { return mount("none", "/tmp", "tmpfs", 0, nullptr) == 0; }},
    {"own-namespace", [] { return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && mount("none", "/tmp", "tmpfs", 0, 0) == 0; }},
    {"chroot", [] { return chroot(".") == 0; }},
    {"bpf", [] { return syscall(SYS_bpf, 0, nullptr, 0) >= 0; }},
    {"raise-limit", [] { rlimit r = {RLIM_INFINITY, RLIM_INFINITY}; return setrlimit(RLIMIT_FSIZE, &r) == 0; }},

    {"hang", [] { burn(); return false; }},
    {"ignore-signals", [] { for (int s = 1; s < 32; s++) signal(s, SIG_IGN); forever(); return false; }},
    {"flood", [] { for (;;) puts("flood flood flood flood flood flood flood flood"); return false; }},
    {"flood-errors", [] { for (;;) fputs("flood flood flood flood flood\n", stderr); return false; }},
    {"fork-bomb", [] { for (;;) fork(); return false; }},
    {"detach",
     [] {
         if (fork() == 0) { setsid(); if (fork() == 0) forever(); _exit(0); }
         wait(nullptr);
         return false;
     }},
    {"detach-and-hang",
     [] {
         if (fork() == 0) { setsid(); if (fork() == 0) burn(); _exit(0); }
         forever();
         return false;
     }},
    {"allocate", [] { for (;;) memset(malloc(64 << 20), 1, 64 << 20); return false; }},
    {"allocate-in-children",
     [] {
         for (int i = 0; i < 8; i++)
             if (fork() == 0) { memset(malloc(64 << 20), 1, 64 << 20); forever(); }
         forever();
         return false;
     }},
    {"fill-disk",
     [] {
         static char block[1 << 20];
         memset(block, 1, sizeof block);
         for (int i = 0; i < 400; i++) {
             int file = open(("file" + std::to_string(i)).c_str(), O_CREAT | O_WRONLY, 0600);
             for (int j = 0; j < 4; j++) if (write(file, block, sizeof block) < 0) _exit(3);
             close(file);
             usleep(2000);
         }
         forever();
         return false;
     }},
    {"large-file",
     [] {
         static char block[1 << 20];
         FILE *f = fopen("large", "w");
         for (int i = 0; i < 4096; i++) fwrite(block, 1, sizeof block, f);
         return true;
     }},
    {"sparse-file", [] { int f = open("sparse", O_CREAT | O_WRONLY, 0600); return ftruncate(f, 1ll << 40) == 0; }},
    {"many-files",
     [] {
         for (int i = 0; i < 5000; i++) close(open(("f" + std::to_string(i)).c_str(), O_CREAT | O_WRONLY, 0600));
         forever();
         return false;
     }},
    {"deep-folders",
     [] {
         for (int i = 0; i < 2500; i++) { if (mkdir("d", 0700) || chdir("d")) break; }
         chmod(".", 0);
         forever();
         return false;
     }},
    {"fill-scratch",
     [] {
         static char block[1 << 20];
         FILE *f = fopen("/dev/shm/file", "w");
         if (!f) return false;
         for (int i = 0; i < 512; i++) if (fwrite(block, 1, sizeof block, f) < sizeof block) return false;
         return true;
     }},
    {"crash", [] { *(volatile int *)nullptr = 1; return false; }},
    {"illegal", [] { __builtin_trap(); return false; }},
    {"abort", [] { abort(); return false; }},
    {"overflow-stack", [] { std::function<int(int)> f = [&](int n) { volatile char b[4096]; b[0] = n; return f(n + 1) + b[0]; }; return f(0) == 1; }},
    {"fine", [] { puts("fine"); return false; }},
};

int main(int count, char **arguments) {
    secret = count > 2 ? arguments[2] : "";
    port = count > 3 ? atoi(arguments[3]) : 9;
    if (acts.at(arguments[1])()) puts("reached");
    return 0;
}
