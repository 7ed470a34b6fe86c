/*
 * A bare epoll client: what the kernel itself costs a check of a plain connection or of a plain HTTP request, each over
 * a new connection to 127.0.0.1 and the 63 addresses after it.
 *
 * Usage: floor tcp|http PORT UNDER_WAY. It reads lines with the wanted pace in checks a second, 0 for as many as
 * possible with UNDER_WAY of them at once, and answers each with what it did so far: "DONE FAILED". It ends with its
 * input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESSES = 64, EVENTS = 256, ANSWER = 4096, LINE = 64 };

struct check {
    int socket; /* -1 while it is free */
    bool asked;
    struct check *next_free;
};

static const char REQUEST[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: floor\r\nAccept: */*\r\n"
                              "Connection: close\r\n\r\n";

static bool http;
static in_port_t port;
static int events;
static struct check *free_checks;
static unsigned turn;
static uint64_t done;
static uint64_t failed;
static uint64_t pace; /* checks a second, 0 for saturated */
static uint64_t due;  /* when the next one is, in nanoseconds */

static uint64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void end(struct check *check, bool good) {
    close(check->socket);
    check->socket = -1;
    check->next_free = free_checks;
    free_checks = check;
    done++;
    failed += good ? 0 : 1;
}

static void begin(void) {
    struct check *check = free_checks;
    if (check == NULL) {
        return; /* as many as may be are under way */
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = port};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + turn++ % ADDRESSES);
    struct epoll_event wanted = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = check};
    check->asked = false;
    check->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (check->socket < 0) {
        die("socket");
    }
    free_checks = check->next_free;
    if (connect(check->socket, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
        end(check, false);
    } else if (epoll_ctl(events, EPOLL_CTL_ADD, check->socket, &wanted) < 0) {
        die("epoll_ctl");
    }
}

static void answer(struct check *check) {
    char text[ANSWER];
    ssize_t length = read(check->socket, text, sizeof text);
    if (length >= 0 || errno != EAGAIN) {
        end(check, length > 12 && memcmp(text, "HTTP/1.1 200", 12) == 0);
    }
}

static void happened(struct check *check, uint32_t what) {
    if (check->socket < 0) {
        return;
    }
    if ((what & (EPOLLERR | EPOLLHUP)) != 0 && !check->asked) {
        end(check, false);
    } else if (!http) {
        end(check, true);
    } else if (!check->asked) {
        check->asked = true;
        if (write(check->socket, REQUEST, sizeof REQUEST - 1) != (ssize_t)(sizeof REQUEST - 1)) {
            end(check, false);
        }
    } else {
        answer(check);
    }
}

/* What the line on standard input wants; false at its end. */
static bool told(void) {
    char line[LINE];
    ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
    if (length <= 0) {
        return false;
    }
    line[length] = '\0';
    pace = strtoull(line, NULL, 10);
    due = nanos();
    printf("%" PRIu64 " %" PRIu64 "\n", done, failed);
    fflush(stdout);
    return true;
}

/* Begins what is due, and says for how many milliseconds nothing is. */
static int begin_due(bool running) {
    if (!running) {
        return -1;
    }
    if (pace == 0) {
        while (free_checks != NULL) {
            begin();
        }
        return -1;
    }
    uint64_t now = nanos();
    for (; due <= now; due += 1000000000U / pace) {
        begin();
    }
    return (int)((due - now + 999999U) / 1000000U);
}

int main(int count, char **arguments) {
    if (count < 4 || (strcmp(arguments[1], "http") != 0 && strcmp(arguments[1], "tcp") != 0)) {
        fprintf(stderr, "usage: floor tcp|http PORT UNDER_WAY\n");
        return 2;
    }
    http = strcmp(arguments[1], "http") == 0;
    port = htons((in_port_t)strtoul(arguments[2], NULL, 10));
    size_t under_way = strtoul(arguments[3], NULL, 10);
    struct check *checks = calloc(under_way, sizeof *checks);
    events = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
    if (checks == NULL || events < 0 || epoll_ctl(events, EPOLL_CTL_ADD, STDIN_FILENO, &input) < 0) {
        die("start");
    }
    for (size_t i = 0; i < under_way; i++) {
        checks[i].socket = -1;
        checks[i].next_free = free_checks;
        free_checks = &checks[i];
    }
    bool running = false;
    for (;;) {
        struct epoll_event happening[EVENTS];
        int many = epoll_wait(events, happening, EVENTS, begin_due(running));
        for (int i = 0; i < many; i++) {
            if (happening[i].data.ptr != NULL) {
                happened(happening[i].data.ptr, happening[i].events);
            } else if (!told()) {
                return 0;
            } else {
                running = true;
            }
        }
    }
}
