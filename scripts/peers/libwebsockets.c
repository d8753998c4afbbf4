/*
 * Echoes every message, with the defaults of libwebsockets; --utf8 has it check texts.
 *
 *   cc -o libwebsockets-echo libwebsockets.c -lwebsockets && ./libwebsockets-echo PORT [--utf8]
 */
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

/* One message at a time for each connection: libwebsockets reads no more until it has gone back. */
struct session {
	unsigned char *bytes; /* LWS_PRE bytes of room, then the message */
	size_t length;
	int binary;
	int whole; /* the callback to write also comes when libwebsockets itself had something to write */
};

static int append(struct session *session, const void *in, size_t length)
{
	unsigned char *bytes = realloc(session->bytes, LWS_PRE + session->length + length);
	if (bytes == NULL)
		return -1;
	memcpy(bytes + LWS_PRE + session->length, in, length);
	session->bytes = bytes;
	session->length += length;
	return 0;
}

static void forget(struct session *session)
{
	free(session->bytes);
	memset(session, 0, sizeof(*session));
}

static int echo(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct session *session = user;

	switch (reason) {
	case LWS_CALLBACK_RECEIVE:
		if (append(session, in, length) < 0)
			return -1;
		if (lws_is_first_fragment(wsi))
			session->binary = lws_frame_is_binary(wsi);
		if (lws_is_final_fragment(wsi)) {
			session->whole = 1;
			lws_rx_flow_control(wsi, 0);
			lws_callback_on_writable(wsi);
		}
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		if (!session->whole)
			return 0;
		if (lws_write(wsi, session->bytes + LWS_PRE, session->length,
			      session->binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT) < (int)session->length)
			return -1;
		forget(session);
		lws_rx_flow_control(wsi, 1);
		return 0;
	case LWS_CALLBACK_CLOSED:
		forget(session);
		return 0;
	default:
		return 0;
	}
}

static const struct lws_protocols protocols[] = {
	{ .name = "echo", .callback = echo, .per_session_data_size = sizeof(struct session) },
	{ .name = NULL },
};

int main(int argc, char **argv)
{
	struct lws_context_creation_info info = { 0 };
	struct lws_context *context;

	info.iface = "127.0.0.1";
	info.port = argc > 1 ? atoi(argv[1]) : 0;
	info.options = LWS_SERVER_OPTION_DISABLE_IPV6; /* with IPv6 it would listen on every address */
	info.protocols = protocols;
	if (argc > 2 && strcmp(argv[2], "--utf8") == 0)
		info.options |= LWS_SERVER_OPTION_VALIDATE_UTF8;
	lws_set_log_level(LLL_ERR, NULL);
	context = lws_create_context(&info);
	if (context == NULL)
		return 1;
	while (lws_service(context, 0) >= 0)
		;
	lws_context_destroy(context);
	return 0;
}
