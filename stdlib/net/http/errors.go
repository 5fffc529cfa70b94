// This file holds the errors and bounds.

package http

import "errors"

// ProtocolError is an error of the protocol.
//
// Deprecated: not all are of this type.
type ProtocolError struct {
	ErrorString string
}

func (pe *ProtocolError) Error() string { return pe.ErrorString }

// Is makes ErrNotSupported match errors.ErrUnsupported.
func (pe *ProtocolError) Is(err error) bool {
	return pe == ErrNotSupported && err == errors.ErrUnsupported
}

// Errors of the protocol.
var (
	// ErrNotSupported is the error of what a ResponseWriter can't do.
	ErrNotSupported = &ProtocolError{"feature not supported"}

	// Deprecated: nothing returns it.
	ErrUnexpectedTrailer = &ProtocolError{"trailer header without chunked transfer encoding"}

	// ErrMissingBoundary is the error of a form without a boundary.
	ErrMissingBoundary = &ProtocolError{"no multipart boundary param in Content-Type"}

	// ErrNotMultipart is the error of a body that isn't a form of parts.
	ErrNotMultipart = &ProtocolError{"request Content-Type isn't multipart/form-data"}

	// Deprecated: nothing returns it.
	ErrHeaderTooLong = &ProtocolError{"header too long"}

	// Deprecated: nothing returns it.
	ErrShortBody = &ProtocolError{"entity body too short"}

	// Deprecated: nothing returns it.
	ErrMissingContentLength = &ProtocolError{"missing ContentLength in HEAD response"}
)

// Errors of servers.
var (
	// ErrBodyNotAllowed is the error of writing a body where there is none.
	ErrBodyNotAllowed = errors.New("http: request method or response status code does not allow body")

	// ErrHijacked is the error of using a connection that was taken over.
	ErrHijacked = errors.New("http: connection has been hijacked")

	// ErrContentLength is the error of writing more than was announced.
	ErrContentLength = errors.New("http: wrote more than the declared Content-Length")

	// Deprecated: nothing returns it.
	ErrWriteAfterFlush = errors.New("unused")
)

// ErrAbortHandler is what a handler panics with to end without an answer and
// without a trace in the log.
var ErrAbortHandler = errors.New("net/http: abort Handler")

// ErrBodyReadAfterClose is the error of reading a body that has been closed.
var ErrBodyReadAfterClose = errors.New("http: invalid Read on closed Body")

// ErrHandlerTimeout is the error of writing when TimeoutHandler has answered.
var ErrHandlerTimeout = errors.New("http: Handler timeout")

// ErrLineTooLong is the error of a chunk whose line is too long.
var ErrLineTooLong = errors.New("header line too long")

// ErrMissingFile is the error of FormFile for a file that isn't there.
var ErrMissingFile = errors.New("http: no such file")

// ErrNoCookie is the error of Cookie for a cookie that isn't there.
var ErrNoCookie = errors.New("http: named cookie not present")

// ErrNoLocation is the error of Location for an answer without one.
var ErrNoLocation = errors.New("http: no Location header in response")

// ErrSchemeMismatch is the error of an answer without TLS to a client with it.
var ErrSchemeMismatch = errors.New("http: server gave HTTP response to HTTPS client")

// ErrServerClosed is the error of serving with a server that was closed.
var ErrServerClosed = errors.New("http: Server closed")

// ErrSkipAltProtocol is what a protocol that was registered with a Transport
// returns to leave a request to the Transport.
var ErrSkipAltProtocol = errors.New("net/http: skip alternate protocol")

// ErrUseLastResponse is what CheckRedirect returns to get the last answer.
var ErrUseLastResponse = errors.New("net/http: use last response")

// Bounds.
const (
	DefaultMaxHeaderBytes            = 1 << 20
	DefaultMaxHeaderValueCount       = 500
	DefaultMaxIdleConnsPerHost       = 2
	TrailerPrefix                    = "Trailer:"
	maxPostHandlerReadBytes          = 256 << 10
	defaultMaxMemory                 = 32 << 20
	maxFormSize                int64 = 10 << 20
)

// errTLS is the error of all that needs TLS.
var errTLS = errors.New("http: TLS is not supported by gosubc's library yet")
