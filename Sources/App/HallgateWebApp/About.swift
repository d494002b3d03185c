// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel
import WebServing

/// Adds `/healthz`, which says whether a rating could be taken now: 200 while the core answers, 503 while it does not.
func addAbout(to router: Router<WebRequestContext>, hall: any HallService) {
    router.get("/healthz") { request, context -> Response in
        do throws(GatewayError) {
            _ = try await hall.describeHall()
        } catch  where error.code != "hall.no-pages" {
            return WebFailure(error).response(to: request, requestNumber: context.id)
        } catch {
            // A hall without pages of its own has pads, and its core has answered.
        }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
    }
}
