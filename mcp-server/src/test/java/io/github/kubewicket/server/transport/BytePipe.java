package io.github.kubewicket.server.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A pipe without a bound. Like a file descriptor, and unlike the pipes of the JDK, it does not
/// care about interrupts of its writer.
final class BytePipe {
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();

  final OutputStream sink =
      new OutputStream() {
        @Override
        public void write(int value) {
          chunks.add(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          if (length > 0) {
            chunks.add(Arrays.copyOfRange(bytes, offset, offset + length));
          }
        }

        @Override
        public void close() {
          chunks.add(END);
        }
      };

  final InputStream source =
      new InputStream() {
        private byte[] chunk = {0};
        private int position = 1;

        @Override
        public int read() {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
          try {
            if (chunk != END && position == chunk.length) {
              chunk = chunks.take();
              position = 0;
            }
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          if (chunk == END) {
            return -1;
          }
          int count = Math.min(length, chunk.length - position);
          System.arraycopy(chunk, position, into, offset, count);
          position += count;
          return count;
        }
      };
}
