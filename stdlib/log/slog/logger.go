// This file holds Loggers and the one by default.

// Package slog logs records: a message with a time, a level, and keys with values.
// A Logger makes the records, and its Handler writes them.
package slog

import (
	"bytes"
	"context"
	"log"
	"runtime"
	"sync/atomic"
	"time"
)

var (
	defaultLogger atomic.Pointer[Logger]
	// logLevel is that of the first default handler, which writes by package log.
	logLevel LevelVar
)

func init() { defaultLogger.Store(New(&logHandler{common: &commonHandler{}})) }

// SetLogLoggerLevel sets the level from which on the default logger of the start
// writes; after SetDefault, that of what package log hands over.
func SetLogLoggerLevel(level Level) (oldLevel Level) {
	oldLevel = logLevel.Level()
	logLevel.Set(level)
	return oldLevel
}

// Default returns the default Logger.
func Default() *Logger { return defaultLogger.Load() }

// SetDefault sets the default Logger. What package log writes then goes to it too.
func SetDefault(l *Logger) {
	defaultLogger.Store(l)
	if _, ok := l.Handler().(*logHandler); ok {
		return
	}
	log.SetOutput(&handlerWriter{l.Handler(), &logLevel, log.Flags()&(log.Lshortfile|log.Llongfile) != 0})
	log.SetFlags(0)
}

// handlerWriter makes records of what package log writes.
type handlerWriter struct {
	h         Handler
	level     Leveler
	capturePC bool
}

func (w *handlerWriter) Write(buf []byte) (int, error) {
	level := w.level.Level()
	if !w.h.Enabled(context.Background(), level) {
		return 0, nil
	}
	var pc uintptr
	if w.capturePC {
		var pcs [1]uintptr
		// Callers, this, Logger.write, the function of package log.
		runtime.Callers(4, pcs[:])
		pc = pcs[0]
	}
	n := len(buf)
	buf = bytes.TrimSuffix(buf, []byte("\n"))
	return n, w.h.Handle(context.Background(), NewRecord(time.Now(), level, string(buf), pc))
}

// NewLogLogger returns a Logger of package log that makes records of a level.
func NewLogLogger(h Handler, level Level) *log.Logger {
	return log.New(&handlerWriter{h, level, true}, "", 0)
}

// A Logger makes records and gives them to its Handler.
type Logger struct {
	handler Handler
}

// New returns a Logger with a Handler.
func New(h Handler) *Logger {
	if h == nil {
		panic("nil Handler")
	}
	return &Logger{h}
}

// Handler returns the Handler.
func (l *Logger) Handler() Handler { return l.handler }

// With returns a Logger whose records all have what args say, as in Log.
func (l *Logger) With(args ...any) *Logger {
	if len(args) == 0 {
		return l
	}
	return &Logger{l.handler.WithAttrs(attrsOf(args))}
}

// WithGroup returns a Logger that puts all Attrs in a group, unless the name is
// empty.
func (l *Logger) WithGroup(name string) *Logger {
	if name == "" {
		return l
	}
	return &Logger{l.handler.WithGroup(name)}
}

// Enabled reports whether records of the level are written.
func (l *Logger) Enabled(ctx context.Context, level Level) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return l.handler.Enabled(ctx, level)
}

// log is behind all methods and functions that log: it must be called by them
// directly, for the sake of the caller's address.
func (l *Logger) log(ctx context.Context, level Level, msg string, args []any, attrs []Attr) {
	if !l.Enabled(ctx, level) {
		return
	}
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:])
	r := NewRecord(time.Now(), level, msg, pcs[0])
	r.Add(args...)
	r.AddAttrs(attrs...)
	if ctx == nil {
		ctx = context.Background()
	}
	l.handler.Handle(ctx, r)
}

// Log logs a message with what args say: Attrs, or strings with a value behind
// each. A value without a key gets the key "!BADKEY".
func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	l.log(ctx, level, msg, args, nil)
}

// LogAttrs is Log for Attrs alone, which is faster.
func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	l.log(ctx, level, msg, nil, attrs)
}

// Debug logs at LevelDebug, and so on.
func (l *Logger) Debug(msg string, args ...any) {
	l.log(context.Background(), LevelDebug, msg, args, nil)
}

// DebugContext logs at LevelDebug.
func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelDebug, msg, args, nil)
}

// Info logs at LevelInfo.
func (l *Logger) Info(msg string, args ...any) {
	l.log(context.Background(), LevelInfo, msg, args, nil)
}

// InfoContext logs at LevelInfo.
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelInfo, msg, args, nil)
}

// Warn logs at LevelWarn.
func (l *Logger) Warn(msg string, args ...any) {
	l.log(context.Background(), LevelWarn, msg, args, nil)
}

// WarnContext logs at LevelWarn.
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelWarn, msg, args, nil)
}

// Error logs at LevelError.
func (l *Logger) Error(msg string, args ...any) {
	l.log(context.Background(), LevelError, msg, args, nil)
}

// ErrorContext logs at LevelError.
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelError, msg, args, nil)
}

// With is Default().With.
func With(args ...any) *Logger { return Default().With(args...) }

// Log logs by the default Logger, as do the functions below.
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().log(ctx, level, msg, args, nil)
}

// LogAttrs logs by the default Logger.
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().log(ctx, level, msg, nil, attrs)
}

// Debug logs at LevelDebug.
func Debug(msg string, args ...any) {
	Default().log(context.Background(), LevelDebug, msg, args, nil)
}

// DebugContext logs at LevelDebug.
func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelDebug, msg, args, nil)
}

// Info logs at LevelInfo.
func Info(msg string, args ...any) {
	Default().log(context.Background(), LevelInfo, msg, args, nil)
}

// InfoContext logs at LevelInfo.
func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelInfo, msg, args, nil)
}

// Warn logs at LevelWarn.
func Warn(msg string, args ...any) {
	Default().log(context.Background(), LevelWarn, msg, args, nil)
}

// WarnContext logs at LevelWarn.
func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelWarn, msg, args, nil)
}

// Error logs at LevelError.
func Error(msg string, args ...any) {
	Default().log(context.Background(), LevelError, msg, args, nil)
}

// ErrorContext logs at LevelError.
func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelError, msg, args, nil)
}
