package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Frames;
import io.github.kubewicket.server.protocol.Json;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What Jetty says by itself, of requests that are not HTTP as it should be: a status and one
/// sentence, never what went wrong inside.
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] body =
        Json.bytes(
            Frames.error(
                Optional.empty(),
                new Answer.Failure(
                    status, Answer.INVALID_REQUEST, "The request could not be understood.")));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
