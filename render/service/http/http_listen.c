/*
 * http_listen.c - the listening socket.
 */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "render/service/config.h"
#include "render/service/http/http_internal.h"

#define BACKLOG 1024
#define SEND_BUFFER_BYTES (96 * 1024) /* the kernel takes twice as much */
#define UNHEARD_MS 30000

static int open_socket(const struct addrinfo *address)
{
    int one = 1;
    int listening = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0) {
        return -1;
    }
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    /* Inherited by every connection: what a slow or vanished client may hold in the kernel, and for how long.
     */
    setsockopt(listening, SOL_SOCKET, SO_SNDBUF, &(int){SEND_BUFFER_BYTES}, sizeof(int));
    setsockopt(listening, IPPROTO_TCP, TCP_USER_TIMEOUT, &(int){UNHEARD_MS}, sizeof(int));
    if (bind(listening, address->ai_addr, address->ai_addrlen) != 0 || listen(listening, BACKLOG) != 0) {
        int error = errno;
        close(listening);
        errno = error;
        return -1;
    }
    return listening;
}

bool http_listen(struct http *http, const struct service_settings *settings, struct fault *fault)
{
    char port[8];
    snprintf(port, sizeof(port), "%d", (int)settings->port);
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address;
    int error = getaddrinfo(settings->listen, port, &hints, &address);
    if (error != 0) {
        fault_set(fault, FAULT_INPUT, "service.listen '%s' is no address: %s", settings->listen,
                  gai_strerror(error));
        return false;
    }
    http->listening = open_socket(address);
    freeaddrinfo(address);
    if (http->listening < 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "cannot listen on %s:%s: %s", settings->listen, port,
                  strerror(errno));
        return false;
    }
    struct sockaddr_storage bound;
    socklen_t length = sizeof(bound);
    getsockname(http->listening, (struct sockaddr *)&bound, &length);
    http->port = ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                                   : ((struct sockaddr_in *)&bound)->sin_port);
    return true;
}
