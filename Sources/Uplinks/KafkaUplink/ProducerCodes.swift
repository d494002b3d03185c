// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import UplinkAPI

extension ProducedFate {
    /// What a delivery report says.
    init(_ message: UnsafePointer<rd_kafka_message_t>) {
        let code = message.pointee.err
        if code == RD_KAFKA_RESP_ERR_NO_ERROR {
            self = .settled(
                DeliveryOutcome(
                    .accepted, answer: "partition \(message.pointee.partition), offset \(message.pointee.offset)"))
            return
        }
        self.init(code, mayBeWritten: rd_kafka_message_status(message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED)
    }

    /// What an error of the library's or the cluster's says of a message.
    init(_ code: rd_kafka_resp_err_t, mayBeWritten: Bool) {
        let words = String(cString: rd_kafka_err2str(code))
        switch code {
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE, RD_KAFKA_RESP_ERR_INVALID_RECORD:
            self = .settled(DeliveryOutcome(.rejected, answer: words))
            return
        default: break
        }
        let failure = ProduceFailure(kind: .init(code), words: words)
        self = mayBeWritten ? .doubtful(failure) : .notWritten(failure)
    }
}

extension ProduceFailure.Kind {
    init(_ code: rd_kafka_resp_err_t) {
        switch code {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR__AUTHENTICATION,
            RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
            self = .unauthorized
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            self = .wrongTopic
        case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
            self = .cancelled
        case RD_KAFKA_RESP_ERR__SSL: self = .insecure
        default: self = .unreachable
        }
    }
}
#endif
